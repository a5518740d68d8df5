/** How base64 of every kind of private key in PEM begins: "-----BEGIN " and the words of PKCS #8, PKCS #1, SEC 1 and OpenSSH. */
const beginnings = [
  "PRIVATE KEY",
  "RSA PRIVATE",
  "EC PRIVATE",
  "ENCRYPTED PRIVATE",
  "OPENSSH PRIVATE",
  "DSA PRIVATE",
].map((words) => {
  const bytes = Buffer.from(`-----BEGIN ${words}`);
  // Whole groups of three bytes only: what follows them decides over the rest.
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 3)).toString("base64"));
});
const common = Buffer.from(Buffer.from("-----BEGIN ").subarray(0, 9).toString("base64"));
const mark = Buffer.from(Buffer.from("REDACTED").toString("base64"));
const space = 0x20;

/**
 * Overwrites private keys in the bytes of an answer, before anything makes a text of them: values of Secrets that are
 * PEM in base64, in `data` as in copies of it inside annotations. The JSON stays valid and as long as it was.
 */
export function blankKeys(json: Buffer): void {
  for (let at = json.indexOf(common); at !== -1; at = json.indexOf(common, at + 1)) {
    if (!beginnings.some((bytes) => json.subarray(at, at + bytes.length).equals(bytes))) continue;
    let end = at;
    while (end < json.length && isBase64(json[end])) end++;
    json.fill(space, at, end);
    mark.copy(json, at, 0, Math.min(mark.length, end - at));
  }
}

function isBase64(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x2f && byte <= 0x39) ||
    byte === 0x2b ||
    byte === 0x3d
  );
}
