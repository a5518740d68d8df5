/** The words of an error, and the codes that fit them. */
export type Codes = readonly (readonly [RegExp, string])[];

export const goCodes: Codes = [
  [/^$/, "ok"],
  [/certificate is (not )?valid for|legacy Common Name|cannot validate certificate for/, "name"],
  [/unknown authority|signature check attempts limit/, "unknown-authority"],
  [/is after/, "expired"],
  [/is before/, "not-yet-valid"],
  [/incompatible key usage/, "usage"],
  [/unhandled critical|tls: handshake failure/, "not-supported"],
  [/not authorized|too many intermediates|no valid chains/, "constraint"],
];

export const envoyCodes: Codes = [
  [/^$/, "ok"],
  [/SAN matcher/, "name"],
  [/issuer certificate|self.signed certificate|certificate signature failure/, "unknown-authority"],
  [/has expired/, "expired"],
  [/not yet valid/, "not-yet-valid"],
  [/certificate purpose|KEY USAGE BIT INCORRECT/, "usage"],
  [
    /unhandled critical|invalid or inconsistent certificate extension|HANDSHAKE FAILURE ON CLIENT HELLO/,
    "not-supported",
  ],
  [/invalid CA|path length|subtree violation|constraint/, "constraint"],
];
