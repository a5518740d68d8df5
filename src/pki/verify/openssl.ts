import type { Certificate } from "../certificate/certificate.ts";
import { canonicalName } from "./canonical-name.ts";
import { identifierProblem, isSelfIssued, lacksKeyUsage, namesIssuer } from "./issued.ts";
import { constraintsProblem, failed, signaturesProblem, type Bad } from "./path-checks.ts";
import type { Pool } from "./pool.ts";
import {
  timeProblem,
  valid,
  type Attempt,
  type Chain,
  type Problem,
  type Verdict,
} from "./verdict.ts";

export interface OpensslQuestion {
  readonly trusted: Pool;
  /** What the server sends behind its leaf, in its order. */
  readonly served?: readonly Certificate[];
  readonly now: Date;
}

/**
 * What clients that use OpenSSL 3 (curl, Python, Node.js, Ruby) say of a server, names aside: X509_verify_cert for
 * purpose sslserver with its defaults. Every chain must end in a trusted certificate that is signed by itself.
 */
export function opensslVerify(leaf: Certificate, question: OpensslQuestion): Verdict {
  const tried: Attempt[] = [];
  const chain = buildChain(leaf, question, tried);
  if ("problem" in chain) return failed(chain, tried);
  const bad =
    extensionsProblem(chain) ??
    signaturesProblem(chain, question.now, "OpenSSL") ??
    constraintsProblem(chain, "OpenSSL");
  return bad ? failed(bad, tried) : valid([chain], tried);
}

/** build_chain, trusted issuers first: once there is one, those that were served no longer count. */
function buildChain(leaf: Certificate, question: OpensslQuestion, tried: Attempt[]): Chain | Bad {
  const { trusted, served = [], now } = question;
  const left = new Set(served);
  const chain = [leaf];
  for (;;) {
    const climbed = climb(chain, trusted, now, tried);
    if (isAnchored(climbed, trusted)) return climbed;
    const top = climbed.at(-1) ?? leaf;
    const next =
      climbed.length > chain.length || isSelfSigned(top) ? undefined : best(top, [...left], now);
    if (!next || chain.length > 100) return noAnchor(climbed, top, trusted);
    left.delete(next);
    chain.push(next);
  }
}

/** As far up as trusted certificates go. */
function climb(chain: Chain, trusted: Pool, now: Date, tried: Attempt[]): Chain {
  const longer = [...chain];
  for (;;) {
    const top = longer.at(-1);
    if (!top || isSelfSigned(top) || longer.length > 100) return longer;
    const anchor = best(top, trusted.byName(canonicalName(top.issuer.key)), now);
    note(longer, top, anchor, trusted, tried);
    if (!anchor) return longer;
    longer.push(anchor);
  }
}

function isAnchored(chain: Chain, trusted: Pool): boolean {
  const top = chain.at(-1);
  return top !== undefined && isSelfSigned(top) && trusted.has(top);
}

function note(
  chain: Chain,
  top: Certificate,
  anchor: Certificate | undefined,
  trusted: Pool,
  tried: Attempt[],
): void {
  for (const candidate of trusted.byName(canonicalName(top.issuer.key))) {
    const why =
      candidate === anchor
        ? undefined
        : (unfit(top, candidate) ?? "is not the one that OpenSSL takes");
    const problem = why === undefined ? undefined : ({ code: "unknown-authority", why } as const);
    tried.push({ path: [...chain, candidate], role: "anchor", problem });
  }
}

function noAnchor(chain: Chain, top: Certificate, trusted: Pool): Bad {
  const [namesake] = trusted.byName(canonicalName(top.issuer.key));
  const problem = namesake && !isSelfSigned(top) ? unfit(top, namesake) : undefined;
  const why = isSelfSigned(top)
    ? "is signed by itself and is not in the trust store"
    : `is signed by "${top.issuer.text}", and ${problem === undefined ? "the trust store has no root for it" : `what the trust store has of that name ${problem}`}`;
  return { path: chain, about: top, problem: { code: "unknown-authority", why } };
}

/** get0_best_issuer_sk: the first that fits and is valid now, else the one that fits and expires last. */
function best(
  child: Certificate,
  candidates: readonly Certificate[],
  now: Date,
): Certificate | undefined {
  const fitting = candidates.filter(
    (one) => namesIssuer(child, one) && unfit(child, one) === undefined,
  );
  return (
    fitting.find((one) => timeProblem(one, now) === undefined) ??
    fitting.toSorted((a, b) => b.notAfter.getTime() - a.notAfter.getTime())[0]
  );
}

function unfit(child: Certificate, issuer: Certificate): string | undefined {
  return keyKindProblem(child, issuer) ?? identifierProblem(child, issuer);
}

/** check_sig_alg_match */
function keyKindProblem(
  { signature }: Certificate,
  { publicKey }: Certificate,
): string | undefined {
  const fits =
    signature.kind === "symbolic" ||
    publicKey.algorithm === "symbolic" ||
    signature.algorithm?.key === publicKey.algorithm;
  return fits ? undefined : "has a key of another kind than the signature";
}

/** EXFLAG_SS; unlike for BoringSSL, keyUsage has no part in it. */
function isSelfSigned(certificate: Certificate): boolean {
  return (
    isSelfIssued(certificate) &&
    keyKindProblem(certificate, certificate) === undefined &&
    identifierProblem(certificate, certificate) === undefined
  );
}

const supported = new Set([
  "2.5.29.15",
  "2.5.29.17",
  "2.5.29.19",
  "2.5.29.30",
  "2.5.29.31",
  "2.5.29.32",
  "2.5.29.33",
  "2.5.29.36",
  "2.5.29.37",
  "2.5.29.54",
]);

/** check_extensions: unlike for BoringSSL, of the anchor too. */
function extensionsProblem(chain: Chain): Bad | undefined {
  let length = 0;
  for (const [i, certificate] of chain.entries()) {
    const problem = extensionProblem(certificate, i, length);
    if (problem) return { path: chain.slice(0, i + 1), about: certificate, problem };
    if (i > 0 && !isSelfIssued(certificate)) length++;
  }
  return undefined;
}

function extensionProblem(
  certificate: Certificate,
  place: number,
  length: number,
): Problem | undefined {
  const unknown = certificate.critical.find((oid) => !supported.has(oid));
  if (unknown !== undefined) {
    const why = `has the critical extension ${unknown}, which OpenSSL does not know`;
    return { code: "not-supported", why };
  }
  if (place > 0 && !isAuthority(certificate)) return { code: "constraint", why: "is no CA" };
  if (certificate.extKeyUsage && !certificate.extKeyUsage.includes("serverAuth")) {
    return { code: "usage", why: "does not allow serverAuth by its extKeyUsage" };
  }
  if (
    place === 0 &&
    lacksKeyUsage(certificate, ["digitalSignature", "keyEncipherment", "keyAgreement"])
  ) {
    return { code: "usage", why: "has a keyUsage that does not allow TLS" };
  }
  const pathLength = certificate.basicConstraints?.pathLength;
  return place > 0 && pathLength !== undefined && length > pathLength
    ? {
        code: "constraint",
        why: `allows only ${String(pathLength)} intermediate certificates below it`,
      }
    : undefined;
}

/** check_ca */
function isAuthority(certificate: Certificate): boolean {
  if (lacksKeyUsage(certificate, ["keyCertSign"])) return false;
  if (certificate.basicConstraints) return certificate.basicConstraints.isCA;
  const isRoot = certificate.version === 1 && isSelfSigned(certificate);
  return isRoot || certificate.extensions.includes("2.5.29.15");
}
