import type { Handshake } from "../trust/handshake.ts";
import { certificatesIn } from "../trust/secret-certificates.ts";
import { acceptsIssuer, type Certificate } from "./certificate-words.ts";
import type { View } from "./rule.ts";

type Seen = View<"handshakes" | "stores" | "Secret">;

/**
 * True where some handshakes of Serving fail for want of trust, and with these certificates in a bundle of the namespace
 * none would: every dialer concerned reads bundles there, and every certificate that is refused is signed by one of them.
 */
export function wouldMend(
  authorities: readonly Certificate[],
  namespace: string,
  view: Seen,
): boolean {
  const serving = view.fact("stores").filter(({ readsBinaryData }) => !readsBinaryData);
  const dialers = new Set(serving.map(({ holder }) => holder.component));
  const readers = new Set(
    serving.flatMap(({ holder, searches }) =>
      searches.includes(namespace) ? [holder.component] : [],
    ),
  );
  const valid = authorities.filter(
    ({ notBefore, notAfter }) => notBefore <= view.now && view.now <= notAfter,
  );
  const failing = view
    .fact("handshakes")(view.now)
    .filter((row) => dialers.has(row.dialer.component) && lacksTrust(row));
  return (
    failing.length > 0 &&
    failing.every((row) => readers.has(row.dialer.component) && isSignedByAny(row, valid, view))
  );
}

function lacksTrust({ verdict, reason }: Handshake): boolean {
  const code = reason?.code;
  return verdict === "fails" && (code === "unknown-authority" || code === "no-trust");
}

function isSignedByAny(
  { presents }: Handshake,
  authorities: readonly Certificate[],
  view: Seen,
): boolean {
  const secret = presents ? view.find("Secret", presents.namespace, presents.name) : undefined;
  const served = secret && certificatesIn(secret, "tls.crt");
  if (served?.state !== "read") return false;
  return served.certificates.some(({ certificate }) =>
    authorities.some((authority) => acceptsIssuer(certificate, authority)),
  );
}
