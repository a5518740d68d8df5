import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { typeOf, refOf, type KubeObject, type Ref } from "./api.ts";
import type { Cluster } from "./cluster.ts";
import { conditionOf, isReady } from "./conditions.ts";
import { issuerReference } from "./issuer-reference.ts";
import { recorded } from "./recorded.ts";
import { until } from "./until.ts";

/**
 * Knative Serving as a recording shows it: its namespaces, configuration, Deployments, KServices and all that its
 * controllers made of them, the Certificates that they ask cert-manager for included. Nothing that cert-manager or
 * trust-manager made is taken over: here they make it themselves.
 */
export interface Knative {
  /** Does what Knative's certificate controller does: issuers of config-certmanager into Certificates, and back their state. */
  readonly reconcile: () => Promise<void>;
  /** Waits until cert-manager has issued everything that Knative asked for, and reconciles. */
  readonly issued: (seconds?: number) => Promise<void>;
}

export interface KnativeOptions {
  /** A folder of test/fixtures/recordings. */
  readonly recording: string;
  /** Objects that the test brings itself. */
  readonly without?: readonly Ref[];
}

export async function installKnative(
  cluster: Cluster,
  { recording, without = [] }: KnativeOptions,
): Promise<Knative> {
  const left = new Set(without.map(keyOf));
  const objects = recorded(recording).filter(
    (object) => isKnatives(object) && !left.has(keyOf(refOf(object))),
  );
  await replay(cluster, objects);
  const reconcile = () => reconcileCertificates(cluster);
  return {
    reconcile,
    issued: async (seconds = 60) => {
      await until("everything is issued, and stays", () => issuedForGood(cluster), { seconds });
      await reconcile();
    },
  };
}

const knatives = new Set([
  "v1 Namespace",
  "v1 ConfigMap",
  "apps/v1 Deployment",
  ...(["KService", "Configuration", "Revision", "Route", "KIngress", "KCertificate"] as const).map(
    (kind) => `${typeOf(kind).apiVersion} ${typeOf(kind).kind}`,
  ),
]);

/** Namespaces that every API server makes. */
const builtIn = new Set(["default", "kube-system", "kube-public", "kube-node-lease"]);

function isKnatives({ apiVersion, kind, metadata }: KubeObject): boolean {
  if (kind === "Namespace") return !builtIn.has(metadata.name);
  if (builtIn.has(metadata.namespace ?? "")) return false;
  const owners = metadata.ownerReferences ?? [];
  if (owners.some(({ kind: owner }) => owner === "Bundle")) return false;
  const ownedCertificate =
    apiVersion === "cert-manager.io/v1" && kind === "Certificate" && owners.length > 0;
  return ownedCertificate || knatives.has(`${apiVersion} ${kind}`);
}

/**
 * Creates recorded objects, owners first. The API server gives every object a new uid, so the recorded uids are
 * replaced in everything that comes after: owner references, labels, and the names that Knative makes of a Route's uid.
 */
async function replay({ api }: Cluster, objects: readonly KubeObject[]): Promise<void> {
  const uids = new Map<string, string>();
  for (const old of ownersFirst(objects)) {
    const object = withNewUids(old, uids);
    const ref = refOf(object);
    const made = (await api.get(ref)) ?? (await api.create(bare(object)));
    uids.set(old.metadata.uid ?? "", made.metadata.uid ?? "");
    if (object.status !== undefined && keepsStatus(object)) {
      const { generation = 1 } = made.metadata;
      await api.patchStatus(ref, atGeneration(object.status, generation));
    }
  }
}

function ownersFirst(objects: readonly KubeObject[]): readonly KubeObject[] {
  const byUid = new Map(objects.map((object) => [object.metadata.uid, object]));
  const order = new Set<KubeObject>();
  const add = (object: KubeObject) => {
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      const owner = byUid.get(uid);
      if (owner) add(owner);
    }
    order.add(object);
  };
  const namespaces = objects.filter(({ kind }) => kind === "Namespace");
  for (const object of [...namespaces, ...objects]) add(object);
  return [...order];
}

function withNewUids(object: KubeObject, uids: ReadonlyMap<string, string>): KubeObject {
  let text = JSON.stringify(object);
  for (const [old, now] of uids) text = text.replaceAll(old, now);
  return JSON.parse(text) as KubeObject;
}

function bare(object: KubeObject): KubeObject {
  const { name, namespace, labels, annotations, ownerReferences } = object.metadata;
  return {
    ...object,
    status: undefined,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(ownerReferences && { ownerReferences }),
    },
  };
}

/** Whether a Certificate is Ready shows here and now, not in the recording; a Namespace has its own status. */
function keepsStatus({ kind }: KubeObject): boolean {
  return kind !== "Certificate" && kind !== "Namespace";
}

function atGeneration(status: unknown, generation: number): unknown {
  const seen = status as { readonly observedGeneration?: number };
  return seen.observedGeneration === undefined
    ? status
    : { ...seen, observedGeneration: generation };
}

/** The Certificates of cert-manager that Knative asked for. */
export async function knativesCertificates({ api }: Cluster): Promise<readonly KubeObject[]> {
  const all = await api.list("Certificate");
  return all.filter(({ metadata }) =>
    (metadata.ownerReferences ?? []).some(({ kind }) => kind === "Certificate"),
  );
}

/** How long to wait for a second issuance, in ms: cert-manager at times issues twice at first, from a cache that lags. */
const settling = 1500;

async function issuedForGood(cluster: Cluster): Promise<true | undefined> {
  const states = async () =>
    (await knativesCertificates(cluster)).map((certificate) => {
      const quiet = conditionOf(certificate, "Issuing")?.status !== "True";
      const { revision = 0 } = (certificate.status ?? {}) as { readonly revision?: number };
      return isReady(certificate) && quiet ? revision : 0;
    });
  const before = await states();
  if (before.includes(0)) return undefined;
  await sleep(settling);
  return isDeepStrictEqual(before, await states()) ? true : undefined;
}

/** As net-certmanager does: the issuer by the type of the certificate, and Ready as cert-manager says it. */
async function reconcileCertificates(cluster: Cluster): Promise<void> {
  const { api } = cluster;
  const config = await api.get({
    kind: "ConfigMap",
    namespace: "knative-serving",
    name: "config-certmanager",
  });
  for (const certificate of await knativesCertificates(cluster)) {
    const { namespace = "", name, labels = {} } = certificate.metadata;
    const issuerRef = issuerReference(
      config?.data ?? {},
      labels["networking.knative.dev/certificate-type"],
    );
    const spec = certificate.spec as { readonly issuerRef?: unknown };
    if (JSON.stringify(spec.issuerRef) !== JSON.stringify(issuerRef))
      await api.patch({ kind: "Certificate", namespace, name }, { spec: { issuerRef } });
    const ready = conditionOf(certificate, "Ready");
    const { notAfter } = (certificate.status ?? {}) as { readonly notAfter?: string };
    if (!ready) continue;
    const { status, reason, message } = ready;
    await api.patchStatus(
      { kind: "KCertificate", namespace, name },
      {
        observedGeneration: 1,
        notAfter: notAfter ?? null,
        conditions: [
          {
            type: "Ready",
            status,
            lastTransitionTime: ready.lastTransitionTime,
            ...(status === "True" ? {} : { reason, message }),
          },
        ],
      },
    );
  }
}

function keyOf({ kind, namespace, name }: Ref): string {
  return `${kind}/${namespace}/${name}`;
}
