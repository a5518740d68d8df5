import type { Fact } from "../model/fact.ts";
import type { Kind } from "../model/kinds.ts";
import { handshakes } from "../trust/facts.ts";

/** The kinds that a simulation moves, and those by which it judges what becomes of handshakes. */
export const kindsOfTime: readonly Kind[] = [
  ...new Set<Kind>([
    "Bundle",
    "Certificate",
    "ClusterIssuer",
    "ConfigMap",
    "Deployment",
    "Issuer",
    "Namespace",
    "Secret",
    ...kindsBehind(handshakes),
  ]),
].toSorted();

/** The kinds that a fact and everything it asks read. */
export function kindsBehind({ reads, from }: Fact<unknown>): readonly Kind[] {
  return [...reads, ...from.flatMap((fact) => kindsBehind(fact))];
}
