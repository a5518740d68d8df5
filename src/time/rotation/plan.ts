import { isCa } from "../../model/certmanager/certificate.ts";
import { issuerType } from "../../model/certmanager/issuer.ts";
import type { Inventory } from "../../model/inventory.ts";
import { knativeConfig } from "../../model/knative/config.ts";
import { record, type Json, type JsonObject } from "../../model/json.ts";
import { unknown, type Known } from "../../model/known.ts";
import type { IssuerReferenceKey } from "../../model/knative/nested-keys.ts";
import { nameOf, type KubeObject } from "../../model/object.ts";
import type { Certificate } from "../../pki/certificate/certificate.ts";
import { apply } from "../apply.ts";
import { caSecretOf } from "../cert-manager/signer.ts";
import { pemOf, presented } from "../certificates.ts";
import { trustBundleLabel } from "../holders.ts";
import { asking, inventoryOf, objectIn, objectsIn, worldOf, type World } from "../world.ts";
import { estateOf, has, type Estate } from "./estate.ts";
import { oldCas } from "./status.ts";
import { sourceOf } from "./sources.ts";
import type { Wait } from "./steps.ts";

/** A step of the rotation of one cluster: what to wait for, what to apply, and how to see that it worked. */
export interface PlannedStep {
  /** "03-trust-both"; in their order. */
  readonly name: string;
  readonly title: string;
  /** Which of the nine steps of the documentation page it is. */
  readonly step: string;
  readonly waits: readonly Wait[];
  readonly manifests: readonly JsonObject[];
  /** What to run besides `kubectl apply`. */
  readonly commands: readonly string[];
  readonly check: string;
}

export interface Plan {
  readonly from: string;
  readonly to: string;
  readonly steps: readonly PlannedStep[];
  /** What the plan cannot do by itself. */
  readonly notes: readonly string[];
}

export interface PlanRequest {
  /** An issuer that is there, or that `brings` defines. */
  readonly to: { readonly kind: string; readonly name: string } | undefined;
  /** Manifests of a new CA: its issuer, and its Certificate or Secret. */
  readonly brings: readonly KubeObject[];
  /** Undefined: those that name the issuer in use now. */
  readonly references: readonly IssuerReferenceKey[] | undefined;
}

const grace: Wait = { type: "grace", time: 10 * 60_000 };

/** The way from the CA in use to another one, for this cluster; pure. */
export function planOf(inventory: Inventory, request: PlanRequest): Known<Plan> {
  const before = worldOf(inventory);
  const estate = estateOf(before);
  if (!estate.known) return estate;
  if (!estate.value) return unknown("systemInternalIssuerRef names no CA issuer");
  const world = apply(before, request.brings);
  const target = targetOf(world, request);
  if (!target.known) return target;
  const { issuer, ca } = target.value;
  if (issuer.name === estate.value.live.issuer.name)
    return unknown(
      `${nameOf(issuer)} is the issuer in use: give the new CA an issuer of another name, so that every certificate is re-issued`,
    );
  const references = request.references ?? referencesTo(world, estate.value.live.issuer);
  const context: Context = { world, estate: estate.value, issuer, references, request };
  const steps = [
    check(context),
    ...newCa(context),
    ...(ca
      ? [trustBoth(context, ca), switched(context), trustNew(context, ca), cleanUp(context)]
      : []),
  ];
  return {
    known: true,
    value: {
      from: nameOf(estate.value.live.issuer),
      to: nameOf(issuer),
      steps: steps.map((step, i) => ({
        ...step,
        name: `${String(i + 1).padStart(2, "0")}-${step.name}`,
      })),
      notes: ca
        ? []
        : [
            `the CA of ${nameOf(issuer)} is issued when step 2 is applied; then run rotation plan --to ${issuer.kind.toLowerCase()}/${issuer.name} for the rest`,
          ],
    },
  };
}

interface Context {
  readonly world: World;
  readonly estate: Estate;
  readonly issuer: KubeObject;
  readonly references: readonly IssuerReferenceKey[];
  readonly request: PlanRequest;
}

/** A reference to another issuer, such as one for public names, is none of this rotation's business. */
function referencesTo(world: World, { kind, name }: KubeObject): readonly IssuerReferenceKey[] {
  const { certManager } = asking(inventoryOf(world))(knativeConfig);
  if (!certManager.known) return [];
  return certManager.value.references
    .filter(({ target }) => target.kind === kind && target.name === name)
    .map(({ key }) => key);
}

function targetOf(
  world: World,
  { to, brings }: PlanRequest,
): Known<{ readonly issuer: KubeObject; readonly ca: Certificate | undefined }> {
  const issuer = to
    ? objectsIn(world, to.kind === "Issuer" ? "Issuer" : "ClusterIssuer").find(
        ({ name }) => name === to.name,
      )
    : brings.find((one) => one.kind === "ClusterIssuer" && issuerType(one) === "ca");
  if (!issuer)
    return unknown(
      to
        ? `there is no ${to.kind} ${to.name}`
        : "the file of the new CA holds no ClusterIssuer with spec.ca",
    );
  const ref = caSecretOf(world, issuer);
  if (!ref) return unknown(`${nameOf(issuer)} is no CA issuer: it has no spec.ca.secretName`);
  const secret = objectIn(world, "Secret", ref.namespace, ref.name);
  const [ca] = secret ? presented(secret, "tls.crt") : [];
  const coming = objectsIn(world, "Certificate").some(
    (one) =>
      isCa(one) &&
      one.namespace === ref.namespace &&
      record(one.raw, "spec")["secretName"] === ref.name,
  );
  if (!ca && !coming)
    return unknown(
      `Secret ${ref.namespace}/${ref.name} of ${nameOf(issuer)} holds no CA, and no Certificate makes it`,
    );
  return { known: true, value: { issuer, ca } };
}

type Step = PlannedStep;

function check({ estate }: Context): Step {
  return {
    name: "check",
    title: "Make sure that everything works before anything is changed",
    step: "1 to 3",
    waits: [{ type: "healthy" }],
    manifests: [],
    commands: [],
    check: `kubectl knative-certs handshakes: every handshake holds; ${estate.live.ca.subject.text} is valid until ${estate.live.ca.notAfter.toISOString().slice(0, 10)}`,
  };
}

function newCa({ request, issuer }: Context): readonly Step[] {
  if (request.brings.length === 0) return [];
  return [
    {
      name: "new-ca",
      title: `Create the new CA and ${nameOf(issuer)}; nothing uses them yet`,
      step: "4",
      waits: [],
      manifests: request.brings.map(({ raw }) => raw),
      commands: [],
      check: `kubectl get ${issuer.kind.toLowerCase()} ${issuer.name}: Ready`,
    },
  ];
}

/** The old CAs stay as copies, whatever their Secrets do; the new one comes beside them. */
function trustBoth(context: Context, ca: Certificate): Step {
  const { estate } = context;
  const kept = [...estate.bundled, estate.live.ca, ...oldCas(estate)];
  const all = [...new Map([...kept, ca].map((one) => [one.fingerprint, one])).values()];
  return {
    name: "trust-both",
    title: `Let every component trust ${ca.subject.text} beside ${estate.live.ca.subject.text}`,
    step: "4",
    waits: [],
    manifests: trustManifests(context, all),
    commands: [],
    check: "kubectl knative-certs rotation status: phase S3",
  };
}

/** With every other setting, for `kubectl apply` removes what an earlier apply wrote and this one leaves out. */
function switched({ world, issuer, references }: Context): Step {
  const { serving } = world.origin.environment.namespaces;
  const reference = `kind: ${issuer.kind}\nname: ${issuer.name}\n`;
  const live = objectIn(world, "ConfigMap", serving, "config-certmanager");
  const data = {
    ...(live && record(live.raw, "data")),
    ...Object.fromEntries(references.map((key) => [key, reference])),
  };
  const metadata = {
    name: "config-certmanager",
    namespace: serving,
    labels: live
      ? Object.fromEntries(live.labels)
      : { "networking.knative.dev/certificate-provider": "cert-manager" },
  };
  return {
    name: "switch",
    title: `Let ${references.join(", ")} name ${nameOf(issuer)}; every certificate is re-issued`,
    step: "5",
    waits: [{ type: "grace", time: 2 * 60_000 }],
    manifests: [{ apiVersion: "v1", kind: "ConfigMap", metadata, data }],
    commands: [],
    check: "kubectl get certificates -A: every one Ready",
  };
}

function trustNew(context: Context, ca: Certificate): Step {
  const { estate } = context;
  const leaving = [estate.live.ca, ...oldCas(estate)];
  const kept = [...estate.bundled.filter((one) => !has(leaving, one)), ca];
  const all = [...new Map(kept.map((one) => [one.fingerprint, one])).values()];
  return {
    name: "trust-new",
    title: `Let ${estate.live.ca.subject.text} go, once nothing presents a certificate of it`,
    step: "6 to 9",
    waits: [{ type: "issued" }, grace],
    manifests: trustManifests(context, all),
    commands: [],
    check:
      "kubectl knative-certs rotation status: phase S8; kubectl knative-certs handshakes: every handshake holds",
  };
}

function cleanUp({ estate, world }: Context): Step {
  const { issuer } = estate.live;
  const secret = caSecretOf(world, issuer);
  const maker = objectsIn(world, "Certificate").find(
    (one) =>
      secret !== undefined &&
      one.namespace === secret.namespace &&
      record(one.raw, "spec")["secretName"] === secret.name,
  );
  const scope = issuer.namespace ? ` -n ${issuer.namespace}` : "";
  return {
    name: "clean-up",
    title: `Delete ${nameOf(issuer)} and what belongs to it, if nobody else uses it`,
    step: "9",
    waits: [],
    manifests: [],
    commands: [
      `kubectl delete ${issuer.kind.toLowerCase()} ${issuer.name}${scope}`,
      ...(maker ? [`kubectl delete certificate ${maker.name} -n ${maker.namespace}`] : []),
      ...(secret ? [`kubectl delete secret ${secret.name} -n ${secret.namespace}`] : []),
    ],
    check: "kubectl knative-certs: nothing new",
  };
}

/** The Bundle that Knative reads, with copies only; where there is none, a ConfigMap of our own. */
function trustManifests(
  { world, estate }: Context,
  all: readonly Certificate[],
): readonly JsonObject[] {
  const { bundle, configMap } = sourceOf(world, estate.live);
  const pem = all.map((one) => pemOf([one]));
  if (bundle) {
    const spec = record(bundle.raw, "spec");
    const sources: Json = pem.map((one) => ({ inLine: one }));
    return [
      {
        apiVersion: bundle.apiVersion,
        kind: "Bundle",
        metadata: { name: bundle.name },
        spec: { ...spec, sources },
      },
    ];
  }
  const { serving } = world.origin.environment.namespaces;
  const key = configMap ? Object.keys(record(configMap.raw, "data"))[0] : undefined;
  return [
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: {
        name: configMap?.name ?? "knative-bundle",
        namespace: serving,
        labels: { [trustBundleLabel]: "true" },
      },
      data: { [key ?? "cacerts.pem"]: pem.join("").trimEnd() },
    },
  ];
}
