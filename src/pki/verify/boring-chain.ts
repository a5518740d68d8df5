import type { Certificate } from "../certificate/certificate.ts";
import { canonicalName } from "./canonical-name.ts";
import { isSelfSigned, issuerProblem, namesIssuer } from "./issued.ts";
import type { Pool } from "./pool.ts";
import type { Attempt, Chain, Problem } from "./verdict.ts";

interface Search {
  readonly trusted: Pool;
  readonly served: readonly Certificate[];
  readonly tried: Attempt[];
}

export interface BoringChain {
  readonly chain: Chain;
  /** How many of them, from the leaf up, do not come from the trust store. */
  readonly served: number;
}

interface NoChain {
  readonly path: Chain;
  readonly about: Certificate;
  readonly problem: Problem;
}

/** X509_VERIFY_PARAM's depth, with leaf and anchor. */
const longest = 102;

/** The first half of X509_verify_cert: which certificates make the chain. */
export function boringChain(leaf: Certificate, search: Search): BoringChain | NoChain {
  const bad = invalidExtension(leaf);
  if (bad) return { path: [leaf], about: leaf, problem: bad };
  const chain = servedChain(leaf, search);
  const top = chain.at(-1) ?? leaf;
  if (chain.length > 1 && isSelfSigned(top)) chain.pop();
  if (chain.length === 1 && isSelfSigned(leaf)) return selfSignedLeaf(leaf, search);
  const served = chain.length;
  climb(chain, search);
  if (chain.length > served) return { chain, served };
  // A partial chain may also end with the leaf itself.
  if (search.trusted.has(leaf)) return { chain, served: 0 };
  const last = chain.at(-1) ?? leaf;
  return {
    path: chain,
    about: last,
    problem: { code: "unknown-authority", why: noIssuer(last, search) },
  };
}

/** From the leaf up through what was served, until something trusted fits or nothing more does. */
function servedChain(leaf: Certificate, { trusted, served }: Search): Certificate[] {
  const chain = [leaf];
  const left = new Set([leaf, ...served]);
  let top = leaf;
  while (chain.length < longest && !isSelfSigned(top) && !firstFitting(top, trusted)) {
    const child = top;
    const issuer = [...left].find((one) => fits(child, one));
    if (!issuer) break;
    chain.push(issuer);
    left.delete(issuer);
    top = issuer;
  }
  return chain;
}

/** Adds trusted issuers until one is self-signed or has no trusted issuer. */
function climb(chain: Certificate[], { trusted, tried }: Search): void {
  for (;;) {
    const child = chain.at(-1);
    if (!child || chain.length >= longest || isSelfSigned(child)) return;
    for (const candidate of namesakes(child, trusted)) {
      const why = problemOf(child, candidate);
      const problem = why === undefined ? undefined : ({ code: "unknown-authority", why } as const);
      tried.push({ path: [...chain, candidate], role: "anchor", problem });
      if (!problem) break;
    }
    const issuer = firstFitting(child, trusted);
    if (!issuer) return;
    chain.push(issuer);
  }
}

/** It must be in the trust store itself. */
function selfSignedLeaf(leaf: Certificate, { trusted }: Search): BoringChain | NoChain {
  if (firstFitting(leaf, trusted)?.fingerprint === leaf.fingerprint)
    return { chain: [leaf], served: 0 };
  const why = "is signed by itself and is not in the trust store";
  return { path: [leaf], about: leaf, problem: { code: "unknown-authority", why } };
}

function firstFitting(child: Certificate, trusted: Pool): Certificate | undefined {
  return namesakes(child, trusted).find((one) => problemOf(child, one) === undefined);
}

/** In the order of the trust store, which BoringSSL keeps for up to two dozen certificates. */
function namesakes(child: Certificate, trusted: Pool): readonly Certificate[] {
  return trusted.byName(canonicalName(child.issuer.key));
}

function fits(child: Certificate, issuer: Certificate): boolean {
  return namesIssuer(child, issuer) && problemOf(child, issuer) === undefined;
}

function problemOf(child: Certificate, issuer: Certificate): string | undefined {
  return invalidExtension(issuer)?.why ?? issuerProblem(child, issuer);
}

/** What Go accepts and x509v3_cache_extensions does not. */
function invalidExtension({ basicConstraints }: Certificate): Problem | undefined {
  return basicConstraints && basicConstraints.pathLength !== undefined && !basicConstraints.isCA
    ? { code: "not-supported", why: "has a path length but is no CA, which BoringSSL refuses" }
    : undefined;
}

function noIssuer(last: Certificate, { trusted }: Search): string {
  const name = last.issuer.text === "" ? "without a name" : `"${last.issuer.text}"`;
  const [namesake] = namesakes(last, trusted);
  const problem = namesake && problemOf(last, namesake);
  return problem === undefined
    ? `is signed by ${name}, and nothing in the trust store has that subject`
    : `is signed by ${name}; the trust store has such a certificate, but it ${problem}`;
}
