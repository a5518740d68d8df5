import type { Certificate } from "../certificate/certificate.ts";
import { defaultProfile, since, type GoProfile } from "../profile.ts";
import { hostNameProblem } from "./host-name.ts";
import { goChains, type GoSearch } from "./go-chains.ts";
import { nameConstraintProblem } from "./name-constraints.ts";
import { policiesValid } from "./policies.ts";
import { makePool, type Pool } from "./pool.ts";
import { tlsKeyProblem } from "./tls-key.ts";
import { allowsUsage } from "./usage.ts";
import {
  timeProblem,
  title,
  valid,
  type Attempt,
  type Chain,
  type Problem,
  type Verdict,
} from "./verdict.ts";

export interface GoQuestion {
  readonly roots: Pool;
  /** What the server sends behind its leaf. */
  readonly intermediates?: Pool;
  /** A host name or an address; undefined: no name is checked. */
  readonly dnsName?: string;
  readonly now: Date;
  /** One of them must be allowed by the whole chain; "any" checks nothing. Default: serverAuth. */
  readonly keyUsages?: readonly string[];
  readonly profile?: GoProfile;
}

const empty = makePool([]);

/** What a Go client says in a TLS 1.3 handshake: the certificate counts only where its key can sign one. */
export function goHandshake(leaf: Certificate, question: GoQuestion): Verdict {
  const problem = tlsKeyProblem(leaf, "go");
  if (!problem) return goVerify(leaf, question);
  return failed(leaf, problem, [{ path: [leaf], role: "leaf", problem }]);
}

/** x509.Certificate.Verify with roots of its own, as every Knative component calls it. */
export function goVerify(leaf: Certificate, question: GoQuestion): Verdict {
  const { roots, intermediates = empty, now, dnsName, profile = defaultProfile } = question;
  const tried: Attempt[] = [];
  const problem = leafProblem(leaf, now, dnsName, profile);
  if (problem) {
    tried.push({ path: [leaf], role: "leaf", problem });
    return failed(leaf, problem, tried);
  }
  const search: GoSearch = { roots, intermediates, now, profile, tried, checksLeft: 100 };
  const found = roots.has(leaf) ? pinned(leaf, tried) : goChains(leaf, search);
  if ("why" in found) return failed(found.about, found, tried);
  const good: Chain[] = [];
  const problems: ChainProblem[] = [];
  for (const chain of found) {
    const chainIs = chainProblem(chain, question);
    if (!chainIs) {
      good.push(chain);
      continue;
    }
    problems.push(chainIs);
    tried.push({ path: chain, role: "anchor", problem: chainIs });
  }
  const [worst] = problems.toSorted((a, b) => a.rank - b.rank);
  return worst && good.length === 0 ? failed(worst.about, worst, tried) : valid(good, tried);
}

function leafProblem(
  leaf: Certificate,
  now: Date,
  dnsName: string | undefined,
  profile: GoProfile,
): Problem | undefined {
  const [critical] = leaf.unhandledCritical;
  if (critical !== undefined) return unhandled(critical);
  const time = timeProblem(leaf, now);
  if (time || dnsName === undefined || dnsName === "") return time;
  const why = hostNameProblem(leaf, dnsName, profile);
  return why === undefined ? undefined : { code: "name", why };
}

function unhandled(extension: string): Problem {
  return {
    code: "not-supported",
    why: `has the critical extension ${extension}, which Go does not know`,
  };
}

/** A leaf that is in the trust store itself is trusted, whoever signed it. */
function pinned(leaf: Certificate, tried: Attempt[]): readonly Chain[] {
  tried.push({ path: [leaf], role: "anchor", problem: undefined });
  return [[leaf]];
}

/** A problem of a whole chain, and the certificate that it is told of. */
interface ChainProblem extends Problem {
  readonly about: Certificate;
  /** What Go tells of first when no chain is left. */
  readonly rank: number;
}

function chainProblem(chain: Chain, question: GoQuestion): ChainProblem | undefined {
  const { profile = defaultProfile, keyUsages = ["serverAuth"] } = question;
  const [leaf] = chain;
  if (leaf && since(profile, "1.24") && !policiesValid(chain)) {
    const why = "does not follow the certificate policies that its chain requires";
    return { about: leaf, rank: 2, code: "constraint", why };
  }
  return (
    usageProblem(chain, keyUsages) ??
    (since(profile, "1.26") ? constraintProblem(chain, profile) : undefined)
  );
}

function usageProblem(chain: Chain, keyUsages: readonly string[]): ChainProblem | undefined {
  if (allowsUsage(chain, keyUsages)) return undefined;
  const [about] = [
    ...chain.toReversed().filter((certificate) => !allowsUsage([certificate], keyUsages)),
    ...chain,
  ];
  const why = `does not allow ${keyUsages.join(" or ")} by its extKeyUsage`;
  return about && { about, rank: 1, code: "usage", why };
}

/** Since Go 1.26 name constraints are checked when the chain is complete. */
function constraintProblem(chain: Chain, profile: GoProfile): ChainProblem | undefined {
  for (const [i, about] of chain.entries()) {
    const why = nameConstraintProblem(about, chain.slice(0, i), profile);
    if (why !== undefined) return { about, rank: 0, code: "constraint", why };
  }
  return undefined;
}

function failed(about: Certificate, { code, why }: Problem, tried: readonly Attempt[]): Verdict {
  return { ok: false, code, why: `${title(about)} ${why}`, tried };
}
