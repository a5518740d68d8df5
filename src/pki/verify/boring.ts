import type { Certificate } from "../certificate/certificate.ts";
import { boringChain, type BoringChain } from "./boring-chain.ts";
import { isAuthority, isSelfIssued, lacksKeyUsage } from "./issued.ts";
import { constraintsProblem, failed, signaturesProblem, type Bad } from "./path-checks.ts";
import type { Pool } from "./pool.ts";
import { tlsKeyProblem } from "./tls-key.ts";
import { valid, type Attempt, type Problem, type Verdict } from "./verdict.ts";

export interface BoringQuestion {
  /** trusted_ca: each of them ends a chain, whatever signed it. */
  readonly trusted: Pool;
  /** What the server sends behind its leaf, in its order. */
  readonly served?: readonly Certificate[];
  /** Exact matchers for DNS names of the leaf, of which one must match; undefined: none is checked. */
  readonly anyName?: readonly string[];
  readonly now: Date;
}

/**
 * Whether Envoy goes on with a TLS 1.3 handshake: BoringSSL's X509_verify_cert for purpose ssl_server with partial
 * chains, and then the matchers (source/common/tls/cert_validator/default_validator.cc). There is one chain only: the
 * first issuer that fits by name and key identifier is taken, and no other one is tried when its key did not sign.
 */
export function boringVerify(leaf: Certificate, question: BoringQuestion): Verdict {
  const { trusted, served = [], anyName, now } = question;
  const tried: Attempt[] = [];
  const handshake = tlsKeyProblem(leaf, "boring") ?? leafKeyUsageProblem(leaf);
  if (handshake) return failed({ path: [leaf], about: leaf, problem: handshake }, tried);
  const found = boringChain(leaf, { trusted, served, tried });
  if ("problem" in found) return failed(found, tried);
  const bad =
    extensionsProblem(found) ??
    signaturesProblem(found.chain, now, "BoringSSL") ??
    constraintsProblem(found.chain, "BoringSSL");
  if (bad) return failed(bad, tried);
  const why = anyName && nameProblem(leaf, anyName);
  if (why !== undefined) {
    return failed({ path: [leaf], about: leaf, problem: { code: "name", why } }, tried);
  }
  return valid([found.chain], tried);
}

/** In TLS 1.3 a server signs with its key: ssl_cert_check_key_usage. */
function leafKeyUsageProblem(leaf: Certificate): Problem | undefined {
  return lacksKeyUsage(leaf, ["digitalSignature"])
    ? { code: "usage", why: "must not sign handshakes: its keyUsage lacks digitalSignature" }
    : undefined;
}

const supported = new Set([
  "2.5.29.15",
  "2.5.29.17",
  "2.5.29.19",
  "2.5.29.30",
  "2.5.29.32",
  "2.5.29.33",
  "2.5.29.36",
  "2.5.29.37",
  "2.5.29.54",
]);

/** check_chain_extensions: of what was served only; an anchor may say what it likes. */
function extensionsProblem({ chain, served }: BoringChain): Bad | undefined {
  let length = 0;
  for (const [i, certificate] of chain.slice(0, served).entries()) {
    const problem = extensionProblem(certificate, i, length);
    if (problem) return { path: chain.slice(0, i + 1), about: certificate, problem };
    if (i === 0 || !isSelfIssued(certificate)) length++;
  }
  return undefined;
}

function extensionProblem(
  certificate: Certificate,
  place: number,
  length: number,
): Problem | undefined {
  const { critical, basicConstraints, extKeyUsage } = certificate;
  const unknown = critical.find((oid) => !supported.has(oid));
  if (unknown !== undefined) {
    const why = `has the critical extension ${unknown}, which BoringSSL does not know`;
    return { code: "not-supported", why };
  }
  if (place > 0 && !isAuthority(certificate)) {
    return { code: "constraint", why: "is no CA, so it cannot stand between a leaf and an anchor" };
  }
  if (extKeyUsage && !extKeyUsage.includes("serverAuth")) {
    return { code: "usage", why: "does not allow serverAuth by its extKeyUsage" };
  }
  const pathLength = basicConstraints?.pathLength;
  return place > 1 && pathLength !== undefined && length > pathLength + 1
    ? {
        code: "constraint",
        why: `allows only ${String(pathLength)} intermediate certificates below it`,
      }
    : undefined;
}

/** Envoy's exact matcher for DNS names: case does not matter, and the first label of a certificate's name may be a wildcard. */
function nameProblem({ names }: Certificate, wanted: readonly string[]): string | undefined {
  if (wanted.some((name) => names.dns.some((pattern) => dnsNameMatch(name, pattern))))
    return undefined;
  const are = names.dns.length === 0 ? "no DNS names" : `the DNS names ${names.dns.join(", ")}`;
  return `has ${are}, but must have one of ${wanted.join(", ")}`;
}

function dnsNameMatch(name: string, pattern: string): boolean {
  const [host, rule] = [name.toLowerCase(), pattern.toLowerCase()];
  if (host === rule) return true;
  const [hostLabel, hostRest] = splitLabel(host);
  const [ruleLabel, ruleRest] = splitLabel(rule);
  const asterisk = ruleLabel.indexOf("*");
  if (hostRest === undefined || hostRest !== ruleRest || asterisk < 0) return false;
  const [before, after] = [ruleLabel.slice(0, asterisk), ruleLabel.slice(asterisk + 1)];
  return (
    !after.includes("*") &&
    hostLabel.length > before.length + after.length &&
    hostLabel.startsWith(before) &&
    hostLabel.endsWith(after)
  );
}

function splitLabel(name: string): readonly [string, string | undefined] {
  const dot = name.indexOf(".");
  return dot < 0 ? [name, undefined] : [name.slice(0, dot), name.slice(dot + 1)];
}
