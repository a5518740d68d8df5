import type { KubeObject } from "./api.ts";

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly observedGeneration?: number;
  readonly lastTransitionTime: string;
}

export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  const status = (object.status ?? {}) as { readonly conditions?: readonly Condition[] };
  return status.conditions?.find((condition) => condition.type === type);
}

export function isReady(object: KubeObject): boolean {
  return says(object, "Ready", "True");
}

export function isNotReady(object: KubeObject): boolean {
  return says(object, "Ready", "False");
}

/** True for a Bundle that trust-manager has brought everywhere. */
export function isSynced(object: KubeObject): boolean {
  return says(object, "Synced", "True");
}

export function isNotSynced(object: KubeObject): boolean {
  return says(object, "Synced", "False");
}

/** True for a CustomResourceDefinition whose objects the API server serves. */
export function isEstablished(object: KubeObject): boolean {
  return conditionOf(object, "Established")?.status === "True";
}

/** Only what a condition says about the present generation counts. */
function says(object: KubeObject, type: string, value: string): boolean {
  const { generation } = object.metadata;
  const condition = conditionOf(object, type);
  return condition?.status === value && (condition.observedGeneration ?? generation) === generation;
}
