import { isObject, list, record, text } from "../json.ts";
import type { KubeObject } from "../object.ts";
import { timeAt } from "../time.ts";

/** The ways in which cert-manager itself can issue (pkg/apis/certmanager/v1/types_issuer.go IssuerConfig). */
export const issuerTypes = ["acme", "ca", "selfSigned", "vault", "venafi"] as const;
export type IssuerType = (typeof issuerTypes)[number];

/** The types that the spec sets; cert-manager's webhook accepts exactly one. */
function typesOf(issuer: KubeObject): readonly IssuerType[] {
  const spec = record(issuer.raw, "spec");
  return issuerTypes.filter((type) => isObject(spec[type]));
}

/** The type of an issuer whose spec sets exactly one. */
export function issuerType(issuer: KubeObject): IssuerType | undefined {
  const [type, second] = typesOf(issuer);
  return second === undefined ? type : undefined;
}

const ownGroup = "cert-manager.io";

/** True for references to issuers that cert-manager itself knows; an empty group means its own. */
export function isOwnGroup(group: string): boolean {
  return group === "" || group === ownGroup;
}

/** The kinds of cert-manager's own group; any other spelling is refused by its webhook (validateIssuerRef). */
export function isIssuerKind(kind: string): kind is "Issuer" | "ClusterIssuer" {
  return kind === "Issuer" || kind === "ClusterIssuer";
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  /** The generation it speaks of; undefined where the controller does not say. */
  readonly observedGeneration: number | undefined;
  /** When it took this status. */
  readonly since: Date | undefined;
  /** Index in status.conditions. */
  readonly index: number;
}

export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  const conditions = list(object.raw, "status", "conditions");
  const index = conditions.findIndex((condition) => text(condition, "type") === type);
  const condition = record(conditions[index]);
  if (index === -1) return undefined;
  const generation = condition["observedGeneration"];
  return {
    type,
    status: text(condition, "status") ?? "Unknown",
    reason: text(condition, "reason") ?? "",
    message: text(condition, "message") ?? "",
    observedGeneration: typeof generation === "number" ? generation : undefined,
    since: timeAt(condition, "lastTransitionTime"),
    index,
  };
}

export function generationOf(object: KubeObject): number | undefined {
  const generation = record(object.raw, "metadata")["generation"];
  return typeof generation === "number" ? generation : undefined;
}
