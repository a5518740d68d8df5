import { nameOf } from "../model/object.ts";
import type { Handshake } from "../trust/handshake.ts";
import { bundlesIn } from "./knative-bundles.ts";
import { topicOf } from "./references.ts";
import type { View } from "./rule.ts";

/** Reasons that the trust of the dialer can be blamed for. */
const ofTrust: ReadonlySet<string> = new Set([
  "unknown-authority",
  "no-trust",
  "dialer-cannot-start",
]);

/** What the verdict rests on beside the certificate itself. */
export function topicsOfVerdict(
  { reason, chain, presents }: Handshake,
  { environment }: Pick<View, "environment">,
): readonly string[] {
  if (reason?.about) return [nameOf(reason.about)];
  const [leaf] = chain;
  const isOwnIssuer = leaf !== undefined && leaf.subject === leaf.issuer;
  if (reason?.code === "unknown-authority" && isOwnIssuer)
    return [topicOf("systemInternalIssuerRef")];
  if (ofTrust.has(reason?.code ?? "")) return [bundlesIn(environment.namespaces.serving)];
  return presents ? [nameOf(presents)] : [];
}
