import { of, type KubeObject } from "./api.ts";
import type { Cluster } from "./cluster.ts";
import {
  asWritten,
  bundle,
  caCertificate,
  caIssuer,
  caSecret,
  followCa,
  issuedBy,
  makeCa,
  movedTo,
  pemOf,
  pinned,
  rekeyCa,
  removeCa,
  renew,
} from "./healthy.ts";
import { isNotReady, isNotSynced, isReady, isSynced } from "./conditions.ts";
import { removeWithDependents } from "./garbage.ts";
import { knativesCertificates, type Knative } from "./knative.ts";
import type { Observed } from "./observe.ts";

interface World {
  readonly cluster: Cluster;
  readonly knative: Knative;
  /** What has to be done afterwards, the latest first, even when the rest of a change fails. */
  readonly undo: (step: () => Promise<unknown>) => void;
}

interface Defect {
  readonly name: string;
  /** The one root finding that the defect adds. */
  readonly root: string;
  /** What real components then decide, where not every handshake holds. */
  readonly breaks?: Observed;
  /** Makes the cluster one that can have the defect; `given` are the roots that it has then. */
  readonly prepare?: (world: World) => Promise<void>;
  readonly given?: readonly string[];
  /** Breaks it, and waits until the controllers have done what they do about it. */
  readonly introduce: (world: World) => Promise<void>;
}

const config = of("ConfigMap", "knative-serving", "config-certmanager");
const trustIn = (namespace: string) => of("ConfigMap", namespace, "knative-trust");

/** Defects and what each is found as; the cluster is `makeHealthy`'s. */
export const defects: readonly Defect[] = [
  {
    name: "the Secret that a CA issuer names was never made",
    root: "KC207 ClusterIssuer/knative-ca",
    introduce: async ({ cluster: { api }, undo }) => {
      undo(() => api.wait(caIssuer, isReady));
      undo(() => api.patch(caIssuer, { spec: { ca: { secretName: "knative-ca" } } }));
      await api.patch(caIssuer, { spec: { ca: { secretName: "knative-ca-key-pair" } } });
      await api.wait(caIssuer, isNotReady);
    },
  },
  {
    name: "the CA's Secret lies in another namespace than cert-manager reads",
    root: "KC207 ClusterIssuer/knative-ca",
    introduce: async (world) => {
      const { cluster, undo } = world;
      const { api } = cluster;
      await takeAwayCa(world);
      const elsewhere = of("Certificate", "knative-serving", "knative-ca");
      undo(() => api.remove(of("Secret", "knative-serving", "knative-ca")));
      undo(() => api.remove(elsewhere));
      await api.create(movedTo("knative-serving", asWritten(caCertificate)));
      await api.wait(elsewhere, isReady);
    },
  },
  {
    name: "system-internal certificates are asked of an ACME issuer",
    root: "KC204 ClusterIssuer/letsencrypt",
    introduce: async ({ cluster, knative, undo }) => {
      const { api } = cluster;
      const { systemInternalIssuerRef } = (await api.wait(config)).data ?? {};
      const acme = of("ClusterIssuer", "letsencrypt");
      undo(() => api.remove(of("Secret", "cert-manager", "letsencrypt-account")));
      undo(() => api.remove(acme));
      await api.create(await acmeIssuer(cluster, acme.name));
      await api.wait(acme, isReady);

      undo(() => knative.issued());
      undo(() => knative.reconcile());
      undo(() => api.patch(config, { data: { systemInternalIssuerRef } }));
      const reference = "kind: ClusterIssuer\nname: letsencrypt\n";
      await api.patch(config, { data: { systemInternalIssuerRef: reference } });
      await knative.reconcile();
      await api.wait(of("Certificate", "shop", "serving-certs"), hasFailed);
      await knative.reconcile();
    },
  },
  {
    name: "the CA was deleted",
    root: "KC207 ClusterIssuer/knative-ca",
    introduce: takeAwayCa,
  },
  {
    name: "the CA got a new key while a Bundle follows it",
    given: ["KC401 Certificate/cert-manager/knative-ca", "KC513 Bundle/knative-trust"],
    root: "KC604 ClusterIssuer/knative-ca",
    prepare: async ({ cluster: { api }, undo }) => {
      undo(() => api.wait(bundle, isSynced));
      undo(async () => api.patch(bundle, { spec: await pinned(api) }));
      undo(() => api.wait(caCertificate, isReady));
      undo(() => api.patch(caCertificate, { spec: { privateKey: { rotationPolicy: "Never" } } }));
      await followCa(api);
    },
    introduce: async ({ cluster, knative, undo }) => {
      const { api } = cluster;
      undo(() => renewAll(cluster, knative));
      await rekeyCa(api);
      await knative.reconcile();
    },
  },
  {
    name: "the target of the Bundle has no trust-bundle label",
    root: "KC512 Bundle/knative-trust",
    introduce: async ({ cluster: { api }, undo }) => {
      const label = "networking.knative.dev/trust-bundle";
      const labelled = ({ metadata: { labels = {} } }: KubeObject) => label in labels;
      const setMetadata = (metadata: unknown) =>
        api.patch(bundle, { spec: { target: { configMap: { metadata } } } });
      undo(() => api.wait(bundle, isSynced));
      undo(() => api.wait(trustIn("shop"), labelled));
      undo(() => setMetadata({ labels: { [label]: "true" } }));
      await setMetadata(null);
      await api.wait(trustIn("shop"), (configMap) => !labelled(configMap));
      await api.wait(bundle, isSynced);
    },
  },
  {
    name: "a source of the Bundle does not exist",
    root: "KC514 Bundle/knative-trust",
    introduce: async ({ cluster: { api }, undo }) => {
      const { sources } = (await api.wait(bundle)).spec as { sources: readonly unknown[] };
      const missing = { secret: { name: "knative-next-ca", key: "ca.crt" } };
      undo(() => api.wait(bundle, isSynced));
      undo(() => api.patch(bundle, { spec: { sources } }));
      await api.patch(bundle, { spec: { sources: [...sources, missing] } });
      await api.wait(bundle, isNotSynced);
    },
  },
  {
    name: "the namespace selector of the Bundle leaves out who needs it",
    root: "KC514 Bundle/knative-trust",
    introduce: async ({ cluster: { api }, undo }) => {
      const select = (matchLabels: unknown) =>
        api.patch(bundle, { spec: { target: { namespaceSelector: { matchLabels } } } });
      undo(() => api.wait(bundle, isSynced));
      undo(() => api.wait(trustIn("knative-serving")));
      undo(() => select(null));
      await select({ "kubernetes.io/metadata.name": "kourier-system" });
      await api.waitGone(trustIn("knative-serving"));
      await api.wait(bundle, isSynced);
    },
  },
  {
    name: "the issuerRef of a namespace's certificate was edited by hand",
    root: "KC501 Secret/shop/serving-certs",
    breaks: {
      activatorToQueueProxy: { bank: "ok", shop: "refused" },
      gatewayTo: { activator: "ok", bank: "ok", shop: "refused" },
    },
    prepare: async ({ cluster: { api }, undo }) => {
      undo(() => removeCa(api, "other-ca"));
      await makeCa(api, "other-ca");
    },
    introduce: async ({ cluster: { api }, undo }) => {
      const edited = of("Certificate", "shop", "serving-certs");
      undo(() => issuedBy(api, edited, "knative-ca"));
      await issuedBy(api, edited, "other-ca");
    },
  },
  {
    name: "trust rests on a ClusterBundle, which nobody reconciles",
    root: "KC517 ClusterBundle/knative-trust",
    introduce: async ({ cluster: { api }, undo }) => {
      const old = await api.wait(bundle);
      undo(() => api.wait(bundle, isSynced));
      undo(() => api.create({ ...asWritten(bundle), spec: old.spec }));
      await removeWithDependents(api, old);
      undo(() => api.remove(of("ClusterBundle", "knative-trust")));
      await api.create(clusterBundle(await pemOf(api, caSecret)));
    },
  },
];

/** Deletes the CA's Certificate and its Secret; undone, the very same key is back. */
async function takeAwayCa({ cluster: { api }, undo }: World): Promise<void> {
  const { apiVersion, kind, type, data, metadata } = await api.wait(caSecret);
  const { name, namespace, labels = {}, annotations = {} } = metadata;
  const kept = { name, labels, annotations, ...(namespace !== undefined && { namespace }) };
  undo(() => api.wait(caIssuer, isReady));
  undo(() => api.wait(caCertificate, isReady));
  undo(() => api.create(asWritten(caCertificate)));
  undo(() =>
    api.create({ apiVersion, kind, ...(type && { type }), ...(data && { data }), metadata: kept }),
  );
  await removeWithDependents(api, await api.wait(caCertificate));
  await api.remove(caSecret);
  await api.wait(caIssuer, isNotReady);
}

async function acmeIssuer(cluster: Cluster, name: string): Promise<KubeObject> {
  const { url, caBundle } = await cluster.startAcme();
  const acme = {
    server: url,
    caBundle,
    email: "ops@example.com",
    privateKeySecretRef: { name: `${name}-account` },
    solvers: [{ http01: { ingress: { ingressClassName: "kourier" } } }],
  };
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "ClusterIssuer",
    metadata: { name },
    spec: { acme },
  };
}

async function renewAll(cluster: Cluster, knative: Knative): Promise<void> {
  for (const { metadata } of await knativesCertificates(cluster))
    await renew(cluster.api, of("Certificate", metadata.namespace ?? "", metadata.name));
  await knative.issued();
}

function clusterBundle(ca: string): KubeObject {
  const labels = { "networking.knative.dev/trust-bundle": "true" };
  const configMap = { data: [{ key: "ca-bundle.crt" }], metadata: { labels } };
  return {
    apiVersion: "trust-manager.io/v1alpha2",
    kind: "ClusterBundle",
    metadata: { name: "knative-trust" },
    spec: { inLineCAs: ca, target: { configMap, namespaceSelector: {} } },
  };
}

function hasFailed({ status }: KubeObject): boolean {
  return ((status as { failedIssuanceAttempts?: number })?.failedIssuanceAttempts ?? 0) > 0;
}
