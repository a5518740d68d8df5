import type { SubjectRef } from "../../model/object.ts";
import { nameOf } from "../../model/object.ts";
import type { Component, Party, Verdict } from "../handshake.ts";

/** A component, or an object that it signs, serves, trusts or mounts. */
export interface Node {
  /** "ClusterIssuer/knative-ca", "activator in knative-serving". */
  readonly id: string;
  readonly type: "component" | "issuer" | "secret" | "bundle" | "summary";
  readonly name: string;
  /** "" where it has none. */
  readonly namespace: string;
}

/**
 * signs: an issuer makes the certificate in a Secret. reads: an issuer takes the key it signs with from a Secret.
 * serves, mounts: a component shows the certificate in a Secret. trusts: it takes the certificates in an object for
 * anchors. writes: trust-manager makes a ConfigMap from a Bundle. dials: it opens TLS.
 */
export type EdgeType = "signs" | "reads" | "serves" | "mounts" | "trusts" | "writes" | "dials";

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly type: EdgeType;
  /** Of `dials`: what comes of it; else null. Of several the worst. */
  readonly verdict: Verdict | null;
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

/** A graph as it grows: each node and each edge once. */
export interface Drawing {
  party(party: Party): string;
  object(ref: SubjectRef): string;
  edge(from: string, to: string, type: EdgeType, verdict?: Verdict): void;
  readonly graph: () => Graph;
}

const worse: readonly (Verdict | null)[] = ["fails", "unknown", "holds", null];

export function drawing(): Drawing {
  const nodes = new Map<string, Node>();
  const edges = new Map<string, Edge>();
  const add = (node: Node) => {
    if (!nodes.has(node.id)) nodes.set(node.id, node);
    return node.id;
  };
  return {
    party: ({ component, namespace }) =>
      add({ id: idOf(component, namespace), type: "component", name: component, namespace }),
    object: (ref) =>
      add({ id: nameOf(ref), type: typeOf(ref.kind), name: ref.name, namespace: ref.namespace }),
    edge(from, to, type, verdict) {
      const key = `${from}\n${to}\n${type}`;
      const before = edges.get(key)?.verdict ?? null;
      const now = verdict ?? null;
      const worst = worse.indexOf(now) < worse.indexOf(before) ? now : before;
      edges.set(key, { from, to, type, verdict: worst });
    },
    graph: () => ({
      nodes: [...nodes.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      edges: [...edges.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    }),
  };
}

function idOf(component: Component, namespace: string): string {
  return namespace === "" ? component : `${component} in ${namespace}`;
}

function keyOf({ from, type, to }: Edge): string {
  return `${from}\n${type}\n${to}`;
}

function typeOf(kind: string): Node["type"] {
  if (kind === "ClusterIssuer" || kind === "Issuer") return "issuer";
  return kind === "Secret" ? "secret" : "bundle";
}
