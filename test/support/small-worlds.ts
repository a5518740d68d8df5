import type { Inventory } from "../../src/model/inventory.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { KubeObject } from "../../src/model/object.ts";
import type { Certificate } from "../../src/pki/certificate/certificate.ts";
import { encodeName } from "../../src/pki/certificate/encode.ts";
import { symbolicCertificate, symbolicKey } from "../../src/pki/certificate/symbolic.ts";
import { pemOf } from "../../src/time/certificates.ts";
import type { PlanStep } from "../../src/time/rotation/steps.ts";
import { inventoryOf } from "./world.ts";

/** One of the two CAs of a small world. */
export type Ca = "a" | "b";
/** What a bundle holds: "", "a", "b" or "ab". */
export type Trust = "" | Ca | "ab";

/** A world of at most three namespaces, two CAs and two dialers. */
export interface SmallWorld {
  /** Who signed the certificate of each namespace. */
  readonly leaves: readonly Ca[];
  /** Who signed routing-serving-certs, whose `ca.crt` is trusted. */
  readonly routing: Ca;
  readonly bundle: Trust;
  /** The issuer that the references name. */
  readonly issuer: Ca;
  /** True where every Secret says that it is of that issuer, whoever signed: nothing is re-issued before its time. */
  readonly isSameName: boolean;
  /** False: the activator is the only dialer. */
  readonly hasGateway: boolean;
}

/** A step of a plan: wait, then change what the bundle holds or which issuer the references name. */
export interface SmallStep {
  readonly waits?: readonly ("healthy" | "issued" | "grace")[];
  readonly trust?: Trust;
  readonly references?: Ca;
}

/** Which CA signed how many of the certificates: namespaces have no order. */
const leaves: readonly (readonly Ca[])[] = [1, 2, 3].flatMap((count) =>
  Array.from({ length: count + 1 }, (_, ofB) =>
    Array.from({ length: count }, (_one, i): Ca => (i < ofB ? "b" : "a")),
  ),
);

const cas: readonly Ca[] = ["a", "b"];
const yesNo = [false, true];

/** Every such world. */
export const smallWorlds: readonly SmallWorld[] = leaves.flatMap((signers) =>
  cas.flatMap((routing) =>
    (["", "a", "b", "ab"] as const).flatMap((bundle) =>
      cas.flatMap((issuer) =>
        yesNo.flatMap((isSameName) =>
          yesNo.map((hasGateway) => ({
            leaves: signers,
            routing,
            bundle,
            issuer,
            isSameName,
            hasGateway,
          })),
        ),
      ),
    ),
  ),
);

export const smallNow = Date.parse("2026-11-24T00:00:00Z");
const day = 86_400_000;

const authorities: Readonly<Record<Ca, Certificate>> = { a: authority("a"), b: authority("b") };

function authority(name: Ca): Certificate {
  return symbolicCertificate(
    {
      subject: encodeName([["CN", `ca-${name}`]]),
      issuer: encodeName([["CN", `ca-${name}`]]),
      serial: 1n,
      notBefore: new Date(smallNow - 100 * day),
      notAfter: new Date(smallNow + 3650 * day),
      basicConstraints: { isCA: true },
      keyUsage: ["keyCertSign"],
    },
    symbolicKey(`ca-${name}`),
    symbolicKey(`ca-${name}`).id,
  );
}

function leafBy(by: Ca, name: string): Certificate {
  return symbolicCertificate(
    {
      subject: encodeName([["CN", name]]),
      issuer: encodeName([["CN", `ca-${by}`]]),
      serial: 1n,
      notBefore: new Date(smallNow - 10 * day),
      notAfter: new Date(smallNow + 80 * day),
      basicConstraints: { isCA: false },
      keyUsage: ["digitalSignature", "keyEncipherment"],
      dns: [name, "data-plane.knative.dev"],
    },
    symbolicKey(name),
    symbolicKey(`ca-${by}`).id,
  );
}

export function inventoryOfSmall(world: SmallWorld): Inventory {
  return read([
    configMap("config-network", {
      "system-internal-tls": "enabled",
      "ingress-class": world.hasGateway
        ? "kourier.ingress.networking.knative.dev"
        : "none.example.com",
    }),
    references(world.issuer),
    ...(world.bundle === "" ? [] : [bundleOf(world.bundle)]),
    ...(["a", "b"] as const).flatMap(issuerOf),
    ...certificate(world, "knative-serving", "routing-serving-certs", "kn-routing", world.routing),
    ...world.leaves.flatMap((by, i) => namespaceWith(world, `ns-${String(i)}`, by)),
  ]);
}

/** The steps as `rotation verify` reads them. */
export function planOfSmall(steps: readonly SmallStep[]): readonly PlanStep[] {
  return steps.map(({ waits = [], trust, references: to }, i) => ({
    name: String(i + 1),
    waits: waits.map((type) => (type === "grace" ? { type, time: 600_000 } : { type })),
    manifests: manifests([...(trust ? [bundleOf(trust)] : []), ...(to ? [references(to)] : [])]),
  }));
}

function manifests(raw: readonly JsonObject[]): readonly KubeObject[] {
  return raw.length === 0 ? [] : read(raw).all("ConfigMap");
}

function read(items: readonly JsonObject[]): Inventory {
  const list = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  return inventoryOf({ "small.json": list }, { complete: true });
}

function namespaceWith(world: SmallWorld, name: string, by: Ca): readonly JsonObject[] {
  return [
    object("v1", "Namespace", "", name, {}),
    object("serving.knative.dev/v1", "Service", name, "hello", {}),
    ...certificate(world, name, "serving-certs", `kn-user-${name}`, by),
  ];
}

/** A Certificate of Knative and its Secret. */
function certificate(
  { issuer: present, isSameName }: SmallWorld,
  namespace: string,
  secretName: string,
  commonName: string,
  by: Ca,
): readonly JsonObject[] {
  const annotations = {
    "cert-manager.io/issuer-name": isSameName ? present : by,
    "cert-manager.io/issuer-kind": "ClusterIssuer",
  };
  const data = {
    "tls.crt": base64(pemOf([leafBy(by, commonName)])),
    "ca.crt": base64(pemOf([authorities[by]])),
    "tls.key": base64("REDACTED"),
  };
  const spec = {
    secretName,
    commonName,
    dnsNames: [commonName, "data-plane.knative.dev"],
    issuerRef: { kind: "ClusterIssuer", name: present },
  };
  const labels = { "networking.knative.dev/certificate-type": "system-internal" };
  return [
    object("v1", "Secret", namespace, secretName, { data }, { annotations }),
    object("cert-manager.io/v1", "Certificate", namespace, secretName, { spec }, { labels }),
  ];
}

function issuerOf(name: Ca): readonly JsonObject[] {
  const data = { "tls.crt": base64(pemOf([authorities[name]])), "tls.key": base64("REDACTED") };
  return [
    object("cert-manager.io/v1", "ClusterIssuer", "", name, {
      spec: { ca: { secretName: `ca-${name}` } },
    }),
    object("v1", "Secret", "cert-manager", `ca-${name}`, { data }),
  ];
}

function references(to: Ca): JsonObject {
  const reference = `kind: ClusterIssuer\nname: ${to}\n`;
  return configMap("config-certmanager", { systemInternalIssuerRef: reference });
}

function bundleOf(trust: Trust): JsonObject {
  const held = (["a", "b"] as const).filter((name) => trust.includes(name));
  const labels = { "networking.knative.dev/trust-bundle": "true" };
  const data = { "cacerts.pem": pemOf(held.map((name) => authorities[name])) };
  return object("v1", "ConfigMap", "knative-serving", "bundle", { data }, { labels });
}

function configMap(name: string, data: JsonObject): JsonObject {
  return object("v1", "ConfigMap", "knative-serving", name, { data });
}

function object(
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
  content: JsonObject,
  metadata: JsonObject = {},
): JsonObject {
  const uid = `${kind}-${namespace}-${name}`;
  const place = namespace === "" ? {} : { namespace };
  return { apiVersion, kind, metadata: { ...metadata, ...place, name, uid }, ...content };
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
