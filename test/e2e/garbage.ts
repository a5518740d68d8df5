import { of, refOf, type Api, type KubeObject } from "./api.ts";

/** Kinds that cert-manager and trust-manager make and leave to the garbage collector, which is not here. */
const dependents = ["ConfigMap", "CertificateRequest", "Order", "Challenge"] as const;

/** Deletes an object, and then what it owned, as the garbage collector would. */
export async function removeWithDependents(api: Api, owner: KubeObject): Promise<void> {
  await api.remove(refOf(owner));
  for (const kind of dependents)
    for (const object of await api.list(kind)) {
      const owners = object.metadata.ownerReferences ?? [];
      if (!owners.some(({ uid }) => uid === owner.metadata.uid)) continue;
      await removeWithDependents(api, object);
      await api.waitGone(of(kind, object.metadata.namespace ?? "", object.metadata.name));
    }
}
