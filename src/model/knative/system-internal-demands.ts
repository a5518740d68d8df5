import type { Source } from "../fact.ts";
import { at, type KubeObject } from "../object.ts";
import { add, classOf, type Collected } from "./demand.ts";
import { certificatesWanted, certManagerClass } from "./network-config.ts";

/** routing-serving-certs comes with the release and is reconciled whenever the certificate controller runs. */
export function systemInternal(to: Collected): void {
  const { source, network } = to;
  const shared = { type: "system-internal", domain: "", place: undefined } as const;
  if (certificatesWanted(network)) {
    add(to, {
      ...shared,
      origin: "activator",
      namespace: source.environment.namespaces.serving,
      name: "routing-serving-certs",
      dnsNames: ["kn-routing", "data-plane.knative.dev"],
      certificateClass: certManagerClass,
      owner: undefined,
    });
  }
  if (!network.systemInternalTls.value) return;
  for (const [namespace, owner] of namespacesWithRevisions(source)) {
    add(to, {
      ...shared,
      origin: "queue-proxy",
      namespace,
      name: "serving-certs",
      dnsNames: [`kn-user-${namespace.toLowerCase()}`, "data-plane.knative.dev"],
      certificateClass: classOf(owner, network),
      owner,
      place: at(owner),
    });
  }
}

/** Namespaces in which a Revision exists or will be made, with the object that shows it. */
function namespacesWithRevisions(source: Source): ReadonlyMap<string, KubeObject> {
  const found = new Map<string, KubeObject>();
  for (const kind of ["KService", "Configuration", "Revision"] as const) {
    for (const object of source.all(kind))
      if (!found.has(object.namespace)) found.set(object.namespace, object);
  }
  return found;
}
