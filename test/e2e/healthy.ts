import { of, typeOf, type Api, type KubeObject, type Ref } from "./api.ts";
import type { Cluster } from "./cluster.ts";
import { conditionOf, isReady, isSynced } from "./conditions.ts";
import { installKnative, type Knative } from "./knative.ts";
import { recorded } from "./recorded.ts";
import { until } from "./until.ts";

/** A cluster with nothing wrong in it. */
export interface Healthy {
  readonly knative: Knative;
}

export const caSecret = of("Secret", "cert-manager", "knative-ca");
export const caCertificate = of("Certificate", "cert-manager", "knative-ca");
export const caIssuer = of("ClusterIssuer", "knative-ca");
export const bundle = of("Bundle", "knative-trust");
const recording = "01-healthy";

/**
 * Makes the cluster of recording 01: all three TLS features on, Kourier, two KServices, one long-lived CA whose key is
 * kept, its certificate pinned in a Bundle that reaches every namespace. cert-manager and trust-manager do their part.
 */
export async function makeHealthy(cluster: Cluster): Promise<Healthy> {
  await cluster.startCertManager();
  await cluster.startTrustManager();
  for (const ref of [of("ClusterIssuer", "selfsigned-bootstrap"), caIssuer, caCertificate])
    await cluster.api.create(asWritten(ref));
  await cluster.api.wait(caIssuer, isReady);
  const knative = await installKnative(cluster, { recording });
  await cluster.api.create({ ...asWritten(bundle), spec: await pinned(cluster.api) });
  await cluster.api.wait(bundle, isSynced);
  await knative.issued();
  return { knative };
}

/** A Bundle's spec with a copy of the CA as it is now, for every namespace. */
export async function pinned(api: Api): Promise<unknown> {
  return {
    ...(asWritten(bundle).spec as object),
    sources: [{ inLine: await pemOf(api, caSecret) }],
  };
}

/** Has the Bundle follow the CA's live Secret, and the CA get a new key at every renewal, as is the default. */
export async function followCa(api: Api): Promise<void> {
  await api.patch(caCertificate, { spec: { privateKey: { rotationPolicy: null } } });
  await api.wait(caCertificate, isReady);
  const live = { secret: { name: caSecret.name, key: "ca.crt" } };
  await api.patch(bundle, { spec: { sources: [live] } });
  await api.wait(bundle, isSynced);
}

/** Renews the CA, and waits until the Bundle that follows it has brought it to the last namespace. */
export async function rekeyCa(api: Api): Promise<void> {
  await renew(api, caCertificate);
  const ca = (await pemOf(api, caSecret)).trim();
  const brought = ({ data = {} }: KubeObject) => Object.values(data).join().includes(ca);
  for (const { metadata } of await api.list("Namespace"))
    await api.wait(of("ConfigMap", metadata.name, bundle.name), brought);
}

/** Makes another CA like the first, and its ClusterIssuer, which nothing uses yet. */
export async function makeCa(api: Api, name: string): Promise<void> {
  const metadata = { name };
  const certificate = movedTo("cert-manager", { ...asWritten(caCertificate), metadata });
  const spec = { ...(certificate.spec as object), secretName: name, commonName: name };
  await api.create({ ...certificate, spec });
  await api.create({ ...asWritten(caIssuer), metadata, spec: { ca: { secretName: name } } });
  await api.wait(of("ClusterIssuer", name), isReady);
}

export async function removeCa(api: Api, name: string): Promise<void> {
  await api.remove(of("ClusterIssuer", name));
  await api.remove(of("Certificate", "cert-manager", name));
  await api.remove(of("Secret", "cert-manager", name));
}

/** Edits the issuerRef of one Certificate, and waits until it is issued by that issuer. */
export async function issuedBy(api: Api, certificate: Ref, issuer: string): Promise<void> {
  await api.patch(certificate, { spec: { issuerRef: { name: issuer } } });
  await api.wait(
    of("Secret", certificate.namespace, certificate.name),
    ({ metadata: { annotations = {} } }) => annotations["cert-manager.io/issuer-name"] === issuer,
  );
  await api.wait(certificate, isReady);
}

export function movedTo(namespace: string, object: KubeObject): KubeObject {
  return { ...object, metadata: { ...object.metadata, namespace } };
}

/** The certificate in a Secret. */
export async function pemOf(api: Api, secret: Ref, key = "tls.crt"): Promise<string> {
  const { data = {} } = await api.wait(secret);
  return Buffer.from(data[key] ?? "", "base64").toString("utf8");
}

/** Has cert-manager issue again, as `cmctl renew` does, and waits for the new certificate. */
export async function renew(api: Api, certificate: Ref): Promise<void> {
  const before = revisionOf(await api.wait(certificate));
  const { status } = await api.wait(certificate);
  const { conditions = [] } = status as { conditions?: readonly { type: string }[] };
  const issuing = {
    type: "Issuing",
    status: "True",
    reason: "ManuallyTriggered",
    message: "Certificate re-issuance manually triggered",
    lastTransitionTime: new Date().toISOString().replace(/\.\d+/, ""),
  };
  await api.patchStatus(certificate, {
    conditions: [...conditions.filter(({ type }) => type !== "Issuing"), issuing],
  });
  await until(`${certificate.name} is issued anew`, async () => {
    const now = await api.wait(certificate);
    const done = conditionOf(now, "Issuing")?.status !== "True" && isReady(now);
    return revisionOf(now) > before && done ? true : undefined;
  });
}

function revisionOf({ status }: KubeObject): number {
  return (status as { revision?: number } | undefined)?.revision ?? 0;
}

/** An object of the recording as a user would write it. */
export function asWritten(ref: Ref): KubeObject {
  const type = typeOf(ref.kind);
  const found = recorded(recording).find(
    ({ apiVersion, kind, metadata }) =>
      apiVersion === type.apiVersion &&
      kind === type.kind &&
      metadata.name === ref.name &&
      (metadata.namespace ?? "") === ref.namespace,
  );
  if (!found) throw new Error(`recording ${recording} has no ${ref.kind} ${ref.name}`);
  const { apiVersion, kind, spec, metadata } = found;
  const { name, namespace } = metadata;
  return {
    apiVersion,
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    spec,
  };
}
