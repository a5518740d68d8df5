import { nameOf } from "../model/object.ts";
import type { Handshake } from "../trust/handshake.ts";
import { bundlesIn } from "./knative-bundles.ts";
import type { IngressLayer } from "../model/knative/ingress-class.ts";
import { rfc3339 } from "../model/time.ts";
import type { Topic } from "./finding.ts";
import { componentTopic } from "./chains.ts";
import { topicOf } from "./references.ts";
import type { View } from "./rule.ts";

/** What a gateway is known by that cannot do what is asked of it. */
export function gatewayTopic(layer: IngressLayer): Topic {
  return componentTopic(`${layer}-gateway`);
}

/** Reasons that the trust of the dialer can be blamed for. */
const ofTrust: ReadonlySet<string> = new Set([
  "unknown-authority",
  "no-trust",
  "dialer-cannot-start",
]);

/** What the verdict rests on beside the certificate itself. */
export function topicsOfVerdict(
  handshake: Handshake,
  { environment }: Pick<View, "environment">,
): readonly Topic[] {
  const { dialer, reason, presents } = handshake;
  if (!reason) return [];
  if (reason.about) return [nameOf(reason.about)];
  if (reason.code === "not-supported" && handshake.chain.length === 0)
    return [componentTopic(dialer.component)];
  if (reason.code === "unknown-authority" && signsItself(handshake))
    return [topicOf("systemInternalIssuerRef")];
  if (ofTrust.has(reason.code)) return [bundlesIn(environment.namespaces.serving)];
  return presents ? [nameOf(presents)] : [];
}

function signsItself({ chain: [leaf] }: Handshake): boolean {
  return leaf !== undefined && leaf.subject === leaf.issuer;
}

/** The Secrets whose certificates are refused for the time of an anchor, and not for their own. */
export function endedByAnchors(view: View<"handshakes">): readonly Topic[] {
  const now = rfc3339(view.now);
  return view
    .fact("handshakes")(view.now)
    .filter(({ reason }) => reason?.code === "expired" || reason?.code === "not-yet-valid")
    .filter(({ chain }) => chain.every((link) => link.notBefore <= now && now <= link.notAfter))
    .flatMap(({ presents }) => (presents ? [nameOf(presents)] : []));
}
