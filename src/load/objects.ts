import { resourceProblem } from "../model/api-groups.ts";
import type { ReadingProblemType } from "../model/inventory.ts";
import { dig, isObject, list, record, text, type Json, type JsonObject } from "../model/json.ts";
import { kindOf, kinds, type Kind } from "../model/kinds.ts";
import { nestedYaml } from "../model/knative/nested-keys.ts";
import { makeObject, type KubeObject } from "../model/object.ts";
import type { Provenance } from "../model/place.ts";
import { pointer, stepsOf, type Pointer } from "../model/pointer.ts";
import type { Nested } from "../model/yaml-value.ts";
import { withoutSecrets } from "./redact.ts";
import type { Share } from "./share.ts";
import { isOfInterest } from "./sieve.ts";
import { decodeNested } from "./yaml/read.ts";

/** Where an object without a namespace lives, as kubectl has it without -n. */
const defaultNamespace = "default";

export interface Objects {
  readonly objects: readonly KubeObject[];
  readonly problems: readonly ObjectProblem[];
  /** How many Kubernetes objects of any kind the document held. */
  readonly seen: number;
}

interface ObjectProblem {
  readonly type: ReadingProblemType;
  readonly pointer: Pointer;
  readonly message: string;
}

/** A kind and apiVersion that items of a typed list have from their list. */
interface TypeMeta {
  readonly apiVersion: string;
  readonly kind: string;
}

interface Candidate {
  readonly object: JsonObject;
  readonly base: Pointer;
  readonly type: TypeMeta | undefined;
}

/** The objects of interest in a parsed document. */
export function objectsIn(value: Json, provenanceAt: (base: Pointer) => Provenance): Objects {
  const objects: KubeObject[] = [];
  const problems: ObjectProblem[] = [];
  let seen = 0;
  for (const { object, base, type } of candidates(value, "", undefined)) {
    if (!type) {
      problems.push(...halfAnObject(object, base));
      continue;
    }
    seen++;
    const unknown = resourceProblem(type.apiVersion, type.kind);
    if (unknown !== undefined)
      problems.push({ type: "unknown-resource", pointer: `${base}/apiVersion`, message: unknown });
    const known = kindOf(type.apiVersion, type.kind);
    if (!known || !isOfInterest(known, object)) continue;
    if (text(object, "metadata", "name")) objects.push(toObject(known, object, provenanceAt(base)));
    else problems.push(...nameless(type, object, base));
  }
  return { objects, problems, seen };
}

/** The document itself, or the items of a List of any kind; `type` is undefined for what has not both parts of it. */
function* candidates(
  value: Json,
  base: Pointer,
  inherited: TypeMeta | undefined,
): Iterable<Candidate> {
  if (!isObject(value)) return;
  const type = typeOf(value, inherited);
  if (!type?.kind.endsWith("List") || !Array.isArray(value["items"])) {
    yield { object: inherited ? { ...inherited, ...value } : value, base, type };
    return;
  }
  const itemType =
    type.kind === "List" ? undefined : { ...type, kind: type.kind.slice(0, -"List".length) };
  for (const [i, item] of list(value, "items").entries())
    yield* candidates(item, base + pointer("items", i), itemType);
}

function typeOf(value: JsonObject, inherited: TypeMeta | undefined): TypeMeta | undefined {
  const apiVersion = text(value, "apiVersion") ?? inherited?.apiVersion;
  const kind = text(value, "kind") ?? inherited?.kind;
  return apiVersion === undefined || kind === undefined ? undefined : { apiVersion, kind };
}

/** A mapping that has some of what makes an object: kubectl refuses it, values of a chart have none of it. */
function halfAnObject(value: JsonObject, base: Pointer): readonly ObjectProblem[] {
  const has = (key: string) => text(value, key) !== undefined;
  const named = text(value, "metadata", "name") !== undefined;
  if (
    has("kind") === has("apiVersion") ||
    !(named || Object.keys(record(value, "spec")).length > 0)
  )
    return [];
  const missing = has("kind") ? "apiVersion" : "kind";
  return [
    {
      type: "incomplete",
      pointer: `${base}/${missing}`,
      message: `an object whose ${missing} is not set`,
    },
  ];
}

function nameless(type: TypeMeta, object: JsonObject, base: Pointer): readonly ObjectProblem[] {
  if (text(object, "metadata", "generateName")) return [];
  return [
    {
      type: "incomplete",
      pointer: `${base}/metadata/name`,
      message: `a ${type.kind} without metadata.name`,
    },
  ];
}

interface ObjectOptions {
  /** Private keys are wanted. */
  readonly withKeys?: boolean;
  readonly share?: Share;
}

/** An object as rules see it: without secrets, with the YAML in its strings decoded. */
export function toObject(
  kind: Kind,
  raw: JsonObject,
  provenance: Provenance,
  { withKeys = false, share }: ObjectOptions = {},
): KubeObject {
  const clean = withoutSecrets(kind, raw, withKeys);
  share?.(kind, clean);
  const namespace = kinds[kind].namespaced
    ? (text(clean, "metadata", "namespace") ?? defaultNamespace)
    : "";
  return makeObject(kind, clean, provenance, namespace, nestedIn(kind, clean));
}

const nothing: ReadonlyMap<Pointer, Nested> = new Map();

function nestedIn(kind: Kind, raw: JsonObject): ReadonlyMap<Pointer, Nested> {
  const paths = nestedYaml(kind, text(raw, "metadata", "name") ?? "", raw);
  if (paths.length === 0) return nothing;
  const nested = new Map<Pointer, Nested>();
  for (const path of paths) {
    const value = dig(raw, ...stepsOf(path));
    if (typeof value === "string") nested.set(path, decodeNested(value));
  }
  return nested;
}
