import type { Certificate } from "../certificate/certificate.ts";
import { since, type GoProfile } from "../profile.ts";
import { goSignatureProblem } from "./go-signature.ts";
import { nameConstraintProblem } from "./name-constraints.ts";
import type { Pool } from "./pool.ts";
import { timeProblem, title, type Attempt, type Chain, type Problem } from "./verdict.ts";

/** What x509.Certificate.buildChains shares between its calls. */
export interface GoSearch {
  readonly roots: Pool;
  readonly intermediates: Pool;
  readonly now: Date;
  readonly profile: GoProfile;
  readonly tried: Attempt[];
  /** Go looks at this many candidates, and then gives up. */
  checksLeft: number;
}

/** The problem that Go reports, and whose it is. */
export interface NoChain extends Problem {
  readonly about: Certificate;
  readonly gaveUp: boolean;
}

/** Every chain from the leaf to a root. */
export function goChains(leaf: Certificate, search: GoSearch): readonly Chain[] | NoChain {
  return chainsFrom([leaf], search);
}

type Role = "anchor" | "intermediate";

function chainsFrom(path: Chain, search: GoSearch): readonly Chain[] | NoChain {
  const child = path.at(-1);
  if (!child) return [];
  const chains: Chain[] = [];
  let [hint, last]: [NoChain | undefined, NoChain | undefined] = [undefined, undefined];
  for (const [role, candidate] of candidates(child, search)) {
    const step = consider(path, child, role, candidate, search);
    if ("chains" in step) chains.push(...step.chains);
    else if (step.tells === "last") last = step.problem;
    else hint ??= step.problem;
    if (last?.gaveUp) break;
  }
  return chains.length > 0 ? chains : (last ?? unknownAuthority(child, hint));
}

/** Go reports the last candidate that was refused for what it is; that one did not sign is only a hint. */
type Step =
  | { readonly chains: readonly Chain[] }
  | { readonly problem: NoChain | undefined; readonly tells: "hint" | "last" };

function consider(
  path: Chain,
  child: Certificate,
  role: Role,
  candidate: Certificate,
  search: GoSearch,
): Step {
  if (search.checksLeft-- <= 0) return { problem: exhausted(child), tells: "last" };
  const longer = [...path, candidate];
  const refused = (problem: Problem, tells: "hint" | "last"): Step => {
    search.tried.push({ path: longer, role, problem });
    return { problem: { ...problem, about: candidate, gaveUp: false }, tells };
  };
  const skip = skipProblem(candidate, path);
  if (skip !== undefined) {
    refused({ code: "unknown-authority", why: skip }, "hint");
    return { problem: undefined, tells: "hint" };
  }
  const signature = goSignatureProblem(child, candidate, search.profile);
  if (signature !== undefined)
    return refused({ code: "unknown-authority", why: signature }, "hint");
  const problem = candidateProblem(candidate, role, path, search);
  if (problem) return refused(problem, "last");
  search.tried.push({ path: longer, role, problem: undefined });
  if (role === "anchor") return { chains: [longer] };
  const further = chainsFrom(longer, search);
  return "why" in further ? { problem: further, tells: "last" } : { chains: further };
}

/** Why Go passes over a candidate without a word. */
function skipProblem(candidate: Certificate, path: Chain): string | undefined {
  const { publicKey } = candidate;
  if (publicKey.algorithm === "unknown") {
    return `has a key of a kind that Go does not know (${publicKey.oid})`;
  }
  return isLoop(candidate, path) ? "is already part of this chain" : undefined;
}

/** x509.Certificate.isValid. */
function candidateProblem(
  candidate: Certificate,
  role: Role,
  path: Chain,
  { now, profile }: GoSearch,
): Problem | undefined {
  const [critical] = candidate.unhandledCritical;
  if (critical !== undefined) {
    return {
      code: "not-supported",
      why: `has the critical extension ${critical}, which Go does not know`,
    };
  }
  const time = timeProblem(candidate, now);
  if (time) return time;
  const names = since(profile, "1.26")
    ? undefined
    : nameConstraintProblem(candidate, path, profile);
  if (names !== undefined) return { code: "constraint", why: names };
  const { basicConstraints } = candidate;
  if (role === "intermediate" && !basicConstraints?.isCA) {
    return { code: "constraint", why: "is no CA, so it cannot stand between a leaf and an anchor" };
  }
  const pathLength = basicConstraints?.pathLength;
  const between = path.length - 1;
  return pathLength !== undefined && between > pathLength
    ? {
        code: "constraint",
        why: `allows ${String(pathLength)} intermediate certificates below it, and there are ${String(between)}`,
      }
    : undefined;
}

/** Roots before intermediates; within each, those whose key identifier fits come first, and none is left out. */
function* candidates(child: Certificate, search: GoSearch): Iterable<readonly [Role, Certificate]> {
  for (const [role, pool] of [
    ["anchor", search.roots],
    ["intermediate", search.intermediates],
  ] as const) {
    const ranked = pool
      .bySubject(child.issuer.key)
      .map((certificate) => ({ certificate, rank: keyIdRank(certificate, child) }));
    for (const rank of [0, 1, 2]) {
      for (const one of ranked) if (one.rank === rank) yield [role, one.certificate];
    }
  }
}

/** 0: the identifiers are the same, or both missing. 1: one is missing. 2: they differ. */
function keyIdRank(
  { subjectKeyId = "" }: Certificate,
  { authorityKeyId = "" }: Certificate,
): number {
  if (subjectKeyId === authorityKeyId) return 0;
  return subjectKeyId === "" || authorityKeyId === "" ? 1 : 2;
}

/** x509.alreadyInChain: the same subject, key and alternative names. */
function isLoop(candidate: Certificate, path: Chain): boolean {
  const twin = path.find(
    ({ subject, keyId, names }) =>
      subject.key === candidate.subject.key &&
      keyId === candidate.keyId &&
      // One with names and one without: Go stops looking, and takes it for another certificate.
      (names.key === candidate.names.key ||
        names.key === undefined ||
        candidate.names.key === undefined),
  );
  return twin !== undefined && twin.names.key === candidate.names.key;
}

function exhausted(about: Certificate): NoChain {
  return {
    code: "unknown-authority",
    why: "has so many possible issuers that Go gives up after looking at 100",
    about,
    gaveUp: true,
  };
}

function unknownAuthority(about: Certificate, hint: NoChain | undefined): NoChain {
  const issuer = about.issuer.text === "" ? "an issuer without a name" : `"${about.issuer.text}"`;
  const why = hint
    ? `is signed by an unknown authority: ${title(hint.about)} ${hint.why}`
    : `is signed by an unknown authority: nothing trusted or served has the subject ${issuer}`;
  return { code: "unknown-authority", why, about, gaveUp: false };
}
