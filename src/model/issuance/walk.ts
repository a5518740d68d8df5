import type { ResourceNamespace } from "../certmanager/resource-namespace.ts";
import type { Source } from "../fact.ts";
import type { Lookup } from "../inventory.ts";
import type { Kind } from "../kinds.ts";
import type { KubeObject } from "../object.ts";
import type { BackOff } from "./back-off.ts";
import type { Link } from "./chain.ts";

type Groups = ReadonlyMap<string, readonly KubeObject[]>;

/** What the links of every chain are found with. */
export interface Walk {
  readonly source: Source;
  readonly backOff: BackOff;
  readonly resourceNamespace: ResourceNamespace;
  /** By "namespace/name of the Certificate". */
  readonly requests: Groups;
  /** By "namespace/name of the CertificateRequest". */
  readonly orders: Groups;
  /** By "namespace/name of the Order". */
  readonly challenges: Groups;
}

/** What is said of an object that was not found. */
export function absence(
  answer: Exclude<Lookup, { readonly state: "found" }>,
): Pick<Link, "state" | "says"> {
  switch (answer.state) {
    case "missing":
      return { state: "missing", says: "does not exist" };
    case "assumed":
      return { state: "unknown", says: "is assumed to exist elsewhere" };
    case "unknown":
      return { state: "unknown", says: `was not seen: ${answer.why}` };
  }
}

/** What is said where a controller should have made an object of a kind and none is to be seen. */
export function notSeen(
  { source }: Walk,
  kind: Kind,
  namespace: string,
): Pick<Link, "state" | "says"> {
  const knowledge = source.knowledge(kind, namespace);
  return knowledge.state === "complete"
    ? { state: "waiting", says: "is not made yet" }
    : { state: "unknown", says: `was not seen: ${knowledge.why}` };
}

/** "DoesNotExist: Issuing certificate as Secret does not exist"; either half may be empty. */
export function reasoned(condition: { readonly reason: string; readonly message: string }): string {
  return [condition.reason, condition.message.trim()].filter(Boolean).join(": ");
}
