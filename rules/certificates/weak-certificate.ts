import {
  askedSecrets,
  certificatesOf,
  certificateTitle,
  defineRule,
  nameOf,
  needEveryDemand,
  weaknessesOf,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC323",
  id: "weak-certificate",
  summary: "a key, signature or encoding of a certificate is one that Go or others refuse",
  severity: "error",
  since: "0.1.0",
  citation:
    "https://pkg.go.dev/crypto/x509#Certificate.CheckSignatureFrom; https://go.dev/doc/godebug (x509sha1, rsa1024min); RFC 5280 section 4.1.2.2",
  reads: ["authorities", "demands", "Secret"],
  follows: ["KC210"],
  messages: {
    refused: {
      says: "{certificate} in {secret} {what}",
      breaks: "Knative's components, written in Go, refuse it",
      fix: "have it issued with an RSA key of 2048 bits or more, or ECDSA on P-256, and a SHA-256 signature",
    },
    weak: {
      says: "{certificate} in {secret} {what}",
      breaks: "Knative's components accept it; browsers and stricter clients do not",
      fix: "have it issued with an RSA key of 2048 bits or more, or ECDSA on P-256, and a positive serial number of at most 20 octets",
    },
    malformed: {
      says: "a certificate in {secret} does not parse: {why}",
      breaks: "Knative's components, written in Go, refuse it, even where OpenSSL reads it",
      fix: "have it issued anew by a program that writes plain DER",
    },
  },
  *subjects(view) {
    const seen = new Set<string>();
    for (const { secret, certificates } of view.fact("authorities")) {
      const ref = { kind: "Secret", ...secret };
      const toBeMade = !view.hasObserved && certificates.length > 0;
      const there = !toBeMade || view.find("Secret", secret.namespace, secret.name) !== undefined;
      if (there && !seen.has(nameOf(ref))) yield ref;
      seen.add(nameOf(ref));
    }
    for (const { namespace, name } of askedSecrets(view)) yield { kind: "Secret", namespace, name };
    needEveryDemand(view);
  },
  *check(ref, view, fault) {
    const read = readingOf(ref, view);
    const secret = nameOf(ref);
    for (const { place, why } of read?.malformed ?? [])
      yield fault("malformed", place, { secret, why });
    for (const { certificate, place } of read?.certificates ?? []) {
      for (const { refused, what } of weaknessesOf(certificate)) {
        const data = { certificate: certificateTitle(certificate), secret, what };
        if (refused) yield fault("refused", place, data);
        else yield fault("weak", place, data, { severity: "warning" });
      }
    }
  },
});

function readingOf(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  view: View<"Secret">,
) {
  const secret = view.expect("Secret", namespace, name);
  return secret && certificatesOf(secret, "tls.crt", view);
}
