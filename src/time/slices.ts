import { canonical, record } from "../model/json.ts";
import { isCa, secretNameOf } from "../model/certmanager/certificate.ts";
import { resourceNamespace } from "../model/certmanager/resource-namespace.ts";
import type { Kind } from "../model/kinds.ts";
import { isAlike } from "../model/keep-alike.ts";
import { nameOf, type KubeObject, type SubjectRef } from "../model/object.ts";
import { perObject } from "../model/per-object.ts";
import type { Certificate } from "../pki/certificate/certificate.ts";
import type { Handshake } from "../trust/handshake.ts";
import { caSecretOf } from "./cert-manager/signer.ts";
import { whyIssued } from "./cert-manager/triggers.ts";
import { presented } from "./certificates.ts";
import { routingSecretOf } from "./holders.ts";
import { kindsOfTime } from "./kinds.ts";
import { asking, inventoryOf, objectsIn, withObjects, type World } from "./world.ts";
import { managerIn } from "./trust-manager/manager.ts";

/** A certificate that an endpoint presents and nobody's trust is made of. */
export interface Leaf {
  readonly secret: KubeObject;
  /** The Certificate that renews it; undefined: nobody does. */
  readonly certificate: KubeObject | undefined;
}

/**
 * Leaves that nothing can tell apart but their names and their age: same dialers, same names but for the namespace,
 * same signer. What happens to one of them happens to all.
 */
export interface Slice {
  /** The leaf that stands for all: the one that is valid longest. */
  readonly leaf: Leaf;
  readonly members: readonly Leaf[];
  /** What the representative needs besides the shared world. */
  readonly objects: readonly KubeObject[];
}

export interface Sliced {
  /** Everything that is no leaf and belongs to no user: CAs, issuers, Bundles, stores, components. */
  readonly shared: World;
  readonly slices: readonly Slice[];
}

/** Nothing in the life of a certificate reads these. */
const beside: ReadonlySet<Kind> = new Set<Kind>([
  "CertificateRequest",
  "Challenge",
  "CustomResourceDefinition",
  "KIngress",
  "Order",
  "Service",
]);

/** Takes a world apart along what is independent; docs/forecast-and-rotation.md says why that is sound. */
export function slicesOf(world: World, rows: readonly Handshake[]): Sliced {
  const parts = partsOf(world);
  const shared: World = {
    origin: world.origin,
    objects: new Map(
      [...parts.spaces]
        .flatMap((space) => livingIn(world, space))
        .filter((object) => belongs(parts, object))
        .map((object) => [nameOf(object), object]),
    ),
  };
  const slices = [...groupsOf(world, parts, rows).values()].map((members): Slice => {
    const leaf = members.reduce((best, one) => (endOf(one) > endOf(best) ? one : best));
    const around = livingIn(world, leaf.secret.namespace);
    const objects = around.filter((object) => belongs(parts, object) || isOf(object, leaf));
    return { leaf, members, objects };
  });
  return { shared, slices };
}

interface Parts {
  /** Namespaces whose objects others depend on. */
  readonly spaces: ReadonlySet<string>;
  /** Namespaces that have Issuers. */
  readonly withIssuers: ReadonlySet<string>;
  readonly secretsOfTrust: ReadonlySet<string>;
  /** The Certificate that writes each Secret. */
  readonly makers: ReadonlyMap<string, KubeObject>;
}

function partsOf(world: World): Parts {
  return {
    spaces: spacesOf(world),
    withIssuers: new Set(objectsIn(world, "Issuer").map(({ namespace }) => namespace)),
    secretsOfTrust: secretsOfTrust(world),
    makers: makersOf(world),
  };
}

/** False for what has no part in anything, and for leaves, which only their own slice holds. */
function belongs({ secretsOfTrust: trusted, makers }: Parts, object: KubeObject): boolean {
  if (beside.has(object.kind)) return false;
  if (object.kind === "Certificate") return trusted.has(secretNamed(object));
  return object.kind !== "Secret" || trusted.has(nameOf(object)) || !makers.has(nameOf(object));
}

function groupsOf(
  world: World,
  parts: Parts,
  rows: readonly Handshake[],
): ReadonlyMap<string, readonly Leaf[]> {
  const bySecret = new Map<string, Handshake[]>();
  for (const row of rows) {
    if (row.verdict === "unknown" || !row.presents) continue;
    const name = presentedName(row.presents);
    const mine = bySecret.get(name);
    if (mine) mine.push(row);
    else bySecret.set(name, [row]);
  }
  const groups = new Map<string, Leaf[]>();
  for (const [name, mine] of [...bySecret].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const secret = world.objects.get(name);
    if (!secret || parts.secretsOfTrust.has(name)) continue;
    const leaf = { secret, certificate: parts.makers.get(name) };
    const isAlone = parts.withIssuers.has(secret.namespace);
    const key = keptKey({ leaf, rows: mine, isAlone });
    const group = groups.get(key);
    if (group) group.push(leaf);
    else groups.set(key, [leaf]);
  }
  return groups;
}

/** The name of the Secret that a row presents, which stays the same object while nothing changes. */
export const presentedName = perObject((ref: SubjectRef) => nameOf(ref));

const secretNamed = perObject((certificate) =>
  nameOf({
    kind: "Secret",
    namespace: certificate.namespace,
    name: secretNameOf(certificate),
  }),
);

/** The shared world with the representative in it. */
export function withSlice(shared: World, { objects }: Slice): World {
  return withObjects(shared, objects);
}

function isOf(object: KubeObject, { secret, certificate }: Leaf): boolean {
  return object === secret || object === certificate;
}

/** The last instant at which the certificate that there is is valid, in milliseconds. */
export function endOf({ secret }: Leaf): number {
  return presented(secret, "tls.crt")[0]?.notAfter.getTime() ?? 0;
}

/** What is in a namespace, and the Namespace itself; in "", everything else that is cluster-scoped. */
function livingIn(world: World, namespace: string): readonly KubeObject[] {
  const inventory = inventoryOf(world);
  return kindsOfTime.flatMap((kind) =>
    kind === "Namespace"
      ? (inventory.find(kind, "", namespace) ?? [])
      : inventory.within(kind, namespace),
  );
}

/** The namespaces in which something lives that others depend on; "" is that of cluster-scoped objects. */
function spacesOf(world: World): ReadonlySet<string> {
  const { serving, eventing, kourier } = world.origin.environment.namespaces;
  const deployed = objectsIn(world, "Deployment").filter(
    ({ labels }) => !labels.has("serving.knative.dev/revision"),
  );
  return new Set([
    "",
    serving,
    eventing,
    kourier,
    managerIn(world).namespace,
    asking(inventoryOf(world))(resourceNamespace).name,
    ...deployed.map(({ namespace }) => namespace),
  ]);
}

/** Secrets whose content somebody trusts or signs with. */
function secretsOfTrust(world: World): ReadonlySet<string> {
  const signing = (["ClusterIssuer", "Issuer"] as const).flatMap((kind) =>
    objectsIn(world, kind).flatMap((issuer) => caSecretOf(world, issuer) ?? []),
  );
  const cas = objectsIn(world, "Certificate")
    .filter(isCa)
    .map((certificate) => ({
      namespace: certificate.namespace,
      name: secretNameOf(certificate),
    }));
  const sources = objectsIn(world, "Bundle").flatMap((bundle) =>
    JSON.stringify(record(bundle.raw, "spec")["sources"] ?? []).includes('"secret"')
      ? objectsIn(world, "Secret").filter(
          ({ namespace, name }) =>
            namespace === managerIn(world).namespace &&
            JSON.stringify(bundle.raw["spec"]).includes(`"${name}"`),
        )
      : [],
  );
  const routing = routingSecretOf(world);
  return new Set(
    [...signing, ...cas, ...sources, ...(routing ? [routing] : [])].map(({ namespace, name }) =>
      nameOf({ kind: "Secret", namespace, name }),
    ),
  );
}

export function makersOf(world: World): ReadonlyMap<string, KubeObject> {
  const known =
    makersByWorld.get(world) ??
    new Map(
      objectsIn(world, "Certificate").map((certificate) => [secretNamed(certificate), certificate]),
    );
  makersByWorld.set(world, known);
  return known;
}

const makersByWorld = new WeakMap<World, ReadonlyMap<string, KubeObject>>();

/** All that decides with which leaves a leaf goes. */
interface Look {
  readonly leaf: Leaf;
  readonly rows: readonly Handshake[];
  /** It has an Issuer in its namespace, which no other namespace has. */
  readonly isAlone: boolean;
}

const keys = new WeakMap<KubeObject, { readonly look: Look; readonly key: string }>();

function keptKey(look: Look): string {
  const known = keys.get(look.leaf.secret);
  if (known && isAlike(known.look, look)) return known.key;
  const key = keyOf(look);
  keys.set(look.leaf.secret, { look, key });
  return key;
}

function keyOf({ leaf: { secret, certificate }, rows, isAlone }: Look): string {
  const namespace = secret.namespace;
  const seen = rows.map(({ dialer, endpoint, verdict, reason, chain }) => [
    dialer.component,
    endpoint.component,
    verdict,
    reason?.code ?? "",
    ...chain.slice(1).map(({ sha256 }) => sha256),
  ]);
  const { secretTemplate: _template, ...spec } = record(certificate?.raw, "spec");
  const own = canonical([
    presented(secret, "tls.crt").map(shapeOf),
    certificate ? spec : "",
    certificate ? (whyIssued(secret, certificate) ?? "") : "",
  ]);
  return canonical([seen, general(own, namespace), isAlone ? namespace : ""]);
}

/** Puts a mark in the place of the namespace, where it stands as a word. */
function general(value: string, namespace: string): string {
  const word = namespace.replaceAll(/[^a-z0-9-]/g, "");
  if (word === "") return value;
  return value.replaceAll(new RegExp(`(?<![a-z0-9])${word}(?![a-z0-9])`, "g"), "*");
}

/** What a verifier looks at, except for times, serial numbers and keys that nothing else depends on. */
function shapeOf(certificate: Certificate): readonly string[] {
  const { issuer, authorityKeyId, keyUsage, extKeyUsage, basicConstraints, names } = certificate;
  return [
    issuer.key,
    authorityKeyId ?? "",
    certificate.signature.kind === "symbolic" ? certificate.signature.signer : "",
    (keyUsage ?? []).join(),
    (extKeyUsage ?? []).join(),
    String(basicConstraints?.isCA ?? false),
    names.dns.join(),
    certificate.unhandledCritical.join(),
    certificate.publicKey.algorithm,
  ];
}
