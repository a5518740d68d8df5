import { strings, text, type JsonObject } from "./json.ts";
import type { Kind } from "./kinds.ts";
import type { Inside, Part, Place, Provenance } from "./place.ts";
import type { SubjectRef } from "./subject.ts";
import { pointer, type Pointer } from "./pointer.ts";
import type { Nested } from "./yaml-value.ts";

export type { SubjectRef };

/** Names one object; `namespace` is "" for cluster-scoped kinds. */
export interface ObjectRef extends SubjectRef {
  readonly kind: Kind;
}

/** A Kubernetes object of a kind that the model reads, as it was written or as the API server has it. */
export interface KubeObject extends ObjectRef {
  readonly apiVersion: string;
  /** Only an object that an API server stored has one: with it the object is observed, without it desired. */
  readonly uid: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  /** The whole object. Private keys never get here: they are replaced by REDACTED while loading. */
  readonly raw: JsonObject;
  readonly provenance: Provenance;
  /** YAML documents inside strings of this object, by the pointer of the string. */
  readonly nested: ReadonlyMap<Pointer, Nested>;
}

export function makeObject(
  kind: Kind,
  raw: JsonObject,
  provenance: Provenance,
  namespace: string,
  nested: ReadonlyMap<Pointer, Nested> = new Map(),
): KubeObject {
  return {
    kind,
    namespace,
    name: text(raw, "metadata", "name") ?? "",
    apiVersion: text(raw, "apiVersion") ?? "",
    uid: text(raw, "metadata", "uid"),
    labels: strings(raw, "metadata", "labels"),
    annotations: strings(raw, "metadata", "annotations"),
    raw,
    provenance,
    nested,
  };
}

export function observed(object: KubeObject): boolean {
  return object.uid !== undefined;
}

/** A place in an object: `at(issuer, ["spec", "ca", "secretName"])`. */
export function at(
  object: KubeObject,
  steps: readonly (string | number)[] = [],
  part: Part = "value",
  inside?: Inside,
): Place {
  const { provenance } = object;
  return {
    provenance,
    pointer: pointer(...steps),
    part,
    ...(inside && { inside }),
    ...(provenance.type === "cluster" && { object: refOf(object) }),
  };
}

/** "ClusterIssuer/knative-ca" or "Secret/cert-manager/knative-ca": one spelling for messages, keys and sorting. */
export function nameOf({ kind, namespace, name }: SubjectRef): string {
  // What `join` gives is one string; a template would be kept as a tree of its parts by every Map that it is a key of.
  return (namespace ? [kind, namespace, name] : [kind, name]).join("/");
}

export function refOf({ kind, namespace, name }: SubjectRef): SubjectRef {
  return { kind, namespace, name };
}

/** What stands in the place of private key material, and of anything a dump has removed. */
export const redacted = "REDACTED";
