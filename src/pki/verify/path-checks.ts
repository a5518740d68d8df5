import type { Certificate } from "../certificate/certificate.ts";
import { boringConstraintProblem } from "./boring-constraints.ts";
import { policiesValid } from "./policies.ts";
import { isSignedBy } from "./signature.ts";
import {
  timeProblem,
  title,
  type Attempt,
  type Chain,
  type Problem,
  type Verdict,
} from "./verdict.ts";

/** BoringSSL comes from OpenSSL, and checks a path as that does. */
export type Library = "BoringSSL" | "OpenSSL";

/** A problem of a certificate of the chain. */
export interface Bad {
  readonly path: Chain;
  readonly about: Certificate;
  readonly problem: Problem;
}

export function failed({ path, about, problem }: Bad, tried: Attempt[]): Verdict {
  const role = path.length === 1 ? "leaf" : "intermediate";
  tried.push({ path, role, problem });
  return { ok: false, code: problem.code, why: `${title(about)} ${problem.why}`, tried };
}

/** internal_verify: from the anchor down; the anchor's own signature is not looked at, its dates are. */
export function signaturesProblem(chain: Chain, now: Date, library: Library): Bad | undefined {
  for (const [i, certificate] of [...chain.entries()].toReversed()) {
    const path = chain.slice(0, i + 1);
    const issuer = chain[i + 1];
    if (issuer && (isForgotten(certificate, library) || !isSignedBy(certificate, issuer))) {
      const why = `did not sign ${title(certificate)}, and ${library} tries no other one`;
      return {
        path: chain.slice(0, i + 2),
        about: issuer,
        problem: { code: "unknown-authority", why },
      };
    }
    const problem = timeProblem(certificate, now) ?? endProblem(certificate, now);
    if (problem) return { path, about: certificate, problem };
  }
  return undefined;
}

/** BoringSSL checks no signature over MD5 (crypto/x509/algorithm.cc x509_digest_verify_init). */
function isForgotten({ signature }: Certificate, library: Library): boolean {
  return (
    library === "BoringSSL" && signature.kind === "bytes" && signature.algorithm?.hash === "md5"
  );
}

/** For both a certificate has expired at the very instant that it ends with. */
function endProblem({ notAfter }: Certificate, now: Date): Problem | undefined {
  return now.getTime() === notAfter.getTime()
    ? { code: "expired", why: "expires at this instant" }
    : undefined;
}

export function constraintsProblem(chain: Chain, library: Library): Bad | undefined {
  const [leaf] = chain;
  const constraint = boringConstraintProblem(chain, library);
  if (constraint) {
    const { about, why } = constraint;
    return { path: chain, about, problem: { code: "constraint", why } };
  }
  if (!leaf || policiesValid(chain)) return undefined;
  const why = "does not follow the certificate policies that its chain requires";
  return { path: chain, about: leaf, problem: { code: "constraint", why } };
}
