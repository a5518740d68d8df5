import type { Certificate } from "../certificate/certificate.ts";
import {
  addStratum,
  anyPolicy,
  deleteLeaf,
  hasValidPolicy,
  mapPolicy,
  newGraph,
  prune,
  type PolicyGraph,
} from "./policy-graph.ts";
import type { Chain } from "./verdict.ts";

/** How many more certificates may go by until a restriction begins. */
interface Countdowns {
  explicit: number;
  mapping: number;
  any: number;
}

interface State {
  /** Undefined: a certificate without policies ended it. */
  graph: PolicyGraph | undefined;
  readonly left: Countdowns;
}

/** RFC 5280 6.1 with RFC 9618, as x509.policiesValid: any policy will do, but where one is required there must be one. */
export function policiesValid(chain: Chain): boolean {
  const [leaf, ...above] = chain;
  if (!leaf || above.length === 0 || chain.every(saysNothing)) return true;
  const left = { explicit: chain.length, mapping: chain.length, any: chain.length };
  const state: State = { graph: newGraph(), left };
  for (const certificate of above.slice(0, -1).toReversed()) {
    if (!goDown(state, certificate, false)) return false;
    countDown(left, certificate);
  }
  if (!goDown(state, leaf, true)) return false;
  const mayBeNone = left.explicit > 1 && leaf.policies.requireExplicit !== 0;
  return mayBeNone || (state.graph !== undefined && hasValidPolicy(state.graph));
}

function goDown(state: State, certificate: Certificate, isLeaf: boolean): boolean {
  if (certificate.policies.identifiers.length === 0) state.graph = undefined;
  return state.graph
    ? addCertificate(state.graph, certificate, state.left, isLeaf)
    : state.left.explicit > 0;
}

/** Nothing can be required then. */
function saysNothing({ policies }: Certificate): boolean {
  return policies.requireExplicit === undefined && policies.mappings.length === 0;
}

function addCertificate(
  graph: PolicyGraph,
  certificate: Certificate,
  left: Countdowns,
  isLeaf: boolean,
): boolean {
  const { identifiers, mappings } = certificate.policies;
  const takesAny = left.any > 0 || (!isLeaf && isSelfIssued(certificate));
  addStratum(graph, identifiers, takesAny);
  prune(graph);
  if (isLeaf || mappings.length === 0) return true;
  return applyMappings(graph, certificate, left.mapping > 0);
}

function applyMappings(graph: PolicyGraph, { policies }: Certificate, allowed: boolean): boolean {
  const { mappings } = policies;
  if (!allowed) {
    for (const { issuer } of mappings) deleteLeaf(graph, issuer);
    prune(graph);
    return true;
  }
  if (mappings.some(({ issuer, subject }) => issuer === anyPolicy || subject === anyPolicy)) {
    return false;
  }
  prune(graph);
  for (const issuer of new Set(mappings.map((mapping) => mapping.issuer))) {
    const subjects = mappings.filter((mapping) => mapping.issuer === issuer);
    mapPolicy(
      graph,
      issuer,
      subjects.map(({ subject }) => subject),
    );
  }
  return true;
}

function countDown(left: Countdowns, certificate: Certificate): void {
  if (!isSelfIssued(certificate)) {
    left.explicit = Math.max(left.explicit - 1, 0);
    left.mapping = Math.max(left.mapping - 1, 0);
    left.any = Math.max(left.any - 1, 0);
  }
  const { requireExplicit, inhibitMapping, inhibitAny } = certificate.policies;
  left.explicit = lower(left.explicit, requireExplicit);
  left.mapping = lower(left.mapping, inhibitMapping);
  left.any = lower(left.any, inhibitAny);
}

function lower(count: number, limit: number | undefined): number {
  return limit === undefined || limit < 0 ? count : Math.min(count, limit);
}

function isSelfIssued({ issuer, subject }: Certificate): boolean {
  return issuer.key === subject.key;
}
