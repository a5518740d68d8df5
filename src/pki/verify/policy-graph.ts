export const anyPolicy = "551d2000";

interface Node {
  readonly policy: string;
  expected: readonly string[];
  readonly parents: Set<Node>;
  readonly children: Set<Node>;
}

/** The graph of RFC 9618, as Go builds it: one map of policies for each certificate, the anchor's first. */
export interface PolicyGraph {
  readonly strata: Map<string, Node>[];
}

export function newGraph(): PolicyGraph {
  const root: Node = {
    policy: anyPolicy,
    expected: [anyPolicy],
    parents: new Set(),
    children: new Set(),
  };
  return { strata: [new Map([[anyPolicy, root]])] };
}

/** Adds the policies of the next certificate. */
export function addStratum(
  { strata }: PolicyGraph,
  policies: readonly string[],
  takesAny: boolean,
): void {
  const above = strata.at(-1) ?? new Map<string, Node>();
  const stratum = new Map<string, Node>();
  strata.push(stratum);
  const expecting = (policy: string) =>
    [...above.values()].filter(({ expected }) => expected.includes(policy));
  for (const policy of policies) {
    if (policy === anyPolicy) continue;
    const any = above.get(anyPolicy);
    const parents = expecting(policy);
    if (parents.length > 0) insert(stratum, policy, parents);
    else if (any) insert(stratum, policy, [any]);
  }
  if (!takesAny || !policies.includes(anyPolicy)) return;
  const missing = new Set([...above.values()].flatMap(({ expected }) => expected));
  for (const policy of missing) {
    if (!stratum.has(policy)) insert(stratum, policy, expecting(policy));
  }
}

function insert(stratum: Map<string, Node>, policy: string, parents: readonly Node[]): Node {
  const node: Node = {
    policy,
    expected: [policy],
    parents: new Set(parents),
    children: new Set(),
  };
  for (const parent of parents) parent.children.add(node);
  stratum.set(policy, node);
  return node;
}

/** Takes away what leads nowhere. */
export function prune({ strata }: PolicyGraph): void {
  for (const stratum of strata.slice(1, -1).toReversed()) {
    for (const node of stratum.values()) {
      if (node.children.size > 0) continue;
      for (const parent of node.parents) parent.children.delete(node);
      stratum.delete(node.policy);
    }
  }
}

export function deleteLeaf({ strata }: PolicyGraph, policy: string): void {
  const node = strata.at(-1)?.get(policy);
  if (!node) return;
  for (const parent of node.parents) parent.children.delete(node);
  strata.at(-1)?.delete(policy);
}

/** From here on other policies count as the issuer's one. */
export function mapPolicy(
  { strata }: PolicyGraph,
  issuerPolicy: string,
  subjects: readonly string[],
): void {
  const leaves = strata.at(-1);
  const node = leaves?.get(issuerPolicy);
  const any = leaves?.get(anyPolicy);
  if (node) node.expected = subjects;
  else if (leaves && any) insert(leaves, issuerPolicy, [any]).expected = subjects;
}

/** Whether any policy holds for the whole chain. */
export function hasValidPolicy({ strata }: PolicyGraph): boolean {
  if (strata.at(-1)?.has(anyPolicy)) return true;
  return strata.some((stratum) =>
    [...stratum.values()].some(
      ({ policy, parents }) =>
        policy !== anyPolicy &&
        parents.size === 1 &&
        [...parents].some((parent) => parent.policy === anyPolicy),
    ),
  );
}
