import { compileSelector } from "../../model/label-selector.ts";
import { dig, isObject, list, record, strings, text, type Json } from "../../model/json.ts";
import { known, unknown, type Known } from "../../model/known.ts";
import { nameOf, type KubeObject } from "../../model/object.ts";
import { readsBinaryData } from "../../model/trustmanager/trust-manager.ts";
import { versions } from "../../model/versions.ts";
import type { Certificate } from "../../pki/certificate/certificate.ts";
import { certificatesOf, pemOf, valueOf } from "../certificates.ts";
import { asking, inventoryOf, objectIn, objectsIn, withObjects, type World } from "../world.ts";
import { managerIn } from "./manager.ts";
import { askedBy, reachedBy, sameContent, targetOf, withoutStrays } from "./targets.ts";

/**
 * What trust-manager makes of a Bundle: the world after it, or why every target keeps its old content; `isOpen` where
 * trust-manager may know what nobody knows here.
 */
export type Synced =
  | { readonly world: World }
  | { readonly failed: string; readonly isOpen: boolean };

/** Not known, because something is not among the objects, or because of them. */
type Found<T> = Known<T> | { readonly known: false; readonly why: string; readonly isOpen: true };

function open(why: string): Found<never> {
  return { known: false, why, isOpen: true };
}

/** One reconcile of a Bundle at a time, in milliseconds (trust-manager pkg/bundle/bundle.go reconcileBundle). */
export function sync(world: World, bundle: KubeObject, now: number): Synced {
  const content = contentOf(world, bundle, now);
  if (!content.known) return { failed: content.why, isOpen: "isOpen" in content };
  const reached = reachedBy(world, bundle);
  if (!reached.known) return { failed: reached.why, isOpen: false };
  const { key } = askedBy(bundle);
  const cleaned = withoutStrays(world, bundle, reached.value);
  if (key === undefined) return { world: cleaned };
  const changed = [...reached.value].filter(isLasting(world)).flatMap((namespace) => {
    const live = objectIn(world, "ConfigMap", namespace, bundle.name);
    const target = targetOf(bundle, namespace, live, key, content.value);
    return live && sameContent(live, target) ? [] : [target];
  });
  return { world: changed.length === 0 ? cleaned : withObjects(cleaned, changed) };
}

function isLasting(world: World) {
  return (name: string) => {
    const namespace = objectIn(world, "Namespace", "", name);
    return text(namespace?.raw, "status", "phase") !== "Terminating";
  };
}

/** True where a reconcile would change something. */
export function isBehind(world: World, bundle: KubeObject, now: number): boolean {
  const synced = sync(world, bundle, now);
  return "world" in synced && synced.world !== world;
}

/** The certificates of all sources, each once, in the order of their hashes (pkg/util/cert_pool.go). */
function contentOf(world: World, bundle: KubeObject, now: number): Found<string> {
  const { leavesOutExpired, leavesOutLeaves } = managerIn(world);
  const pool = new Map<string, Certificate>();
  for (const source of list(bundle.raw, "spec", "sources")) {
    const found = certificatesFrom(world, source);
    if (!found.known) return found;
    for (const certificate of found.value) {
      const { fingerprint, notAfter, basicConstraints } = certificate;
      if (leavesOutExpired && notAfter.getTime() < now) continue;
      if (leavesOutLeaves && basicConstraints?.isCA !== true) continue;
      pool.set(fingerprint, certificate);
    }
  }
  if (pool.size === 0) return unknown("couldn't find any valid certificates in bundle");
  const sorted = [...pool].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  return known(pemOf(sorted).trimEnd());
}

function certificatesFrom(world: World, source: Json): Found<readonly Certificate[]> {
  const inLine = text(source, "inLine");
  if (inLine !== undefined) return strict(inLine, "inline source");
  if (dig(source, "useDefaultCAs") !== undefined) {
    return dig(source, "useDefaultCAs") === true
      ? open("the default CAs of trust-manager's package are not among the objects")
      : known([]);
  }
  for (const [field, kind] of [
    ["configMap", "ConfigMap"],
    ["secret", "Secret"],
  ] as const) {
    if (isObject(dig(source, field))) return fromObjects(world, kind, record(source, field));
  }
  return known([]);
}

function fromObjects(
  world: World,
  kind: "ConfigMap" | "Secret",
  reference: Json,
): Found<readonly Certificate[]> {
  const name = text(reference, "name");
  const objects = name === undefined ? selected(world, kind, reference) : named(world, kind, name);
  if (!objects.known) return objects;
  const all: Certificate[] = [];
  for (const object of objects.value) {
    const found = fromObject(world, object, text(reference, "key"));
    if (!found.known) return found;
    all.push(...found.value);
  }
  return known(all);
}

function named(
  world: World,
  kind: "ConfigMap" | "Secret",
  name: string,
): Found<readonly KubeObject[]> {
  const { namespace } = managerIn(world);
  const found = objectIn(world, kind, namespace, name);
  if (found) return known([found]);
  const why = `failed to get ${kind} ${namespace}/${name}: not found`;
  const isOpen = world.origin.lookup(kind, namespace, name).state === "unknown";
  return isOpen ? open(why) : unknown(why);
}

function selected(
  world: World,
  kind: "ConfigMap" | "Secret",
  reference: Json,
): Known<readonly KubeObject[]> {
  const selector = compileSelector(dig(reference, "selector"));
  if (!selector.known) return selector;
  const namespace = managerIn(world).namespace;
  return known(
    objectsIn(world, kind).filter(
      (object) => object.namespace === namespace && selector.value.matches(object.labels),
    ),
  );
}

/** Of a key that is named, `data` comes before `binaryData` (pkg/bundle/internal/source/source.go addToCertPool). */
function fromObject(
  world: World,
  object: KubeObject,
  key: string | undefined,
): Found<readonly Certificate[]> {
  const all: Certificate[] = [];
  for (const one of key === undefined ? keysOf(world, object) : [key]) {
    const isPlain = object.kind === "Secret" || strings(object.raw, "data").has(one);
    const value = isPlain || isBinaryRead(world) ? valueOf(object, one) : undefined;
    if (value === undefined) return unknown(`no data found in ${nameOf(object)} at key "${one}"`);
    if (value === "redacted") return open(`${nameOf(object)} at key "${one}" is redacted`);
    const found = strict(value, `${nameOf(object)} at key "${one}"`);
    if (!found.known) return found;
    all.push(...found.value);
  }
  return known(all);
}

function keysOf(world: World, { raw, kind }: KubeObject): readonly string[] {
  const plain = strings(raw, "data");
  const binary = kind === "ConfigMap" && isBinaryRead(world) ? strings(raw, "binaryData") : plain;
  return [...new Set([...plain.keys(), ...binary.keys()])];
}

/** Of a release that nobody knows it is taken for granted. */
function isBinaryRead(world: World): boolean {
  return readsBinaryData(asking(inventoryOf(world))(versions).trustManager) !== false;
}

/** AddCertsFromPEM: anything that is not a plain certificate block fails the whole Bundle. */
function strict(pem: string, where: string): Known<readonly Certificate[]> {
  const found = certificatesOf(pem);
  return "refused" in found
    ? unknown(`${where} contains invalid PEM data: ${found.refused}`)
    : known(found.certificates);
}
