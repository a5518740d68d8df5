import type { Kind } from "../../src/model/kinds.ts";
import type { KubeObject } from "../../src/model/object.ts";
import type { PlanStep, Wait } from "../../src/time/rotation/steps.ts";
import { recording } from "./recordings.ts";

/** An object of a recording. */
export function recorded(name: string, kind: Kind, namespace: string, object: string): KubeObject {
  const found = recording(name).inventory.find(kind, namespace, object);
  if (!found) throw new Error(`${name} has no ${kind} ${object}`);
  return found;
}

const newCa = [
  recorded("07-1-new-ca-created", "Certificate", "cert-manager", "knative-ca-2"),
  recorded("07-1-new-ca-created", "ClusterIssuer", "", "knative-ca-2"),
  recorded("07-1-new-ca-created", "Secret", "cert-manager", "knative-ca-2"),
];
const both = recorded("07-2-both-trusted", "Bundle", "", "knative-trust");
const references = recorded(
  "07-3-references-switched",
  "ConfigMap",
  "knative-serving",
  "config-certmanager",
);
const newOnly = recorded("07-4-old-ca-removed", "Bundle", "", "knative-trust");

/** The nine steps of the documentation page; 0 creates the new CA, which the page takes for granted. */
const steps: Readonly<Record<string, Pick<PlanStep, "waits" | "manifests">>> = {
  0: { waits: [], manifests: newCa },
  1: { waits: [{ type: "healthy" }], manifests: [] },
  2: { waits: [{ type: "healthy" }], manifests: [] },
  3: { waits: [{ type: "healthy" }], manifests: [] },
  4: { waits: [], manifests: [both] },
  5: { waits: [], manifests: [references] },
  6: { waits: [{ type: "issued" }], manifests: [] },
  7: { waits: [{ type: "issued" }], manifests: [] },
  8: { waits: [{ type: "grace", time: 10 * 60_000 } satisfies Wait], manifests: [] },
  9: { waits: [], manifests: [newOnly] },
};

/** These of the steps, in this order: "0123546789". */
export function nineSteps(order: string): readonly PlanStep[] {
  return order.split("").map((name) => ({ name, waits: [], manifests: [], ...steps[name] }));
}
