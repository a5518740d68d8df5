import type { Certificate, IpRange, NameConstraints } from "../certificate/certificate.ts";
import { inRange, ipText } from "../go/ip.ts";
import { canonicalName } from "./canonical-name.ts";
import { isSelfIssued } from "./issued.ts";
import type { Chain } from "./verdict.ts";

interface Violation {
  readonly about: Certificate;
  readonly why: string;
}

/** check_name_constraints of BoringSSL and OpenSSL: those of every certificate above hold for all below, but self-issued ones in between. */
export function boringConstraintProblem(
  chain: Chain,
  library: "BoringSSL" | "OpenSSL",
): Violation | undefined {
  for (const [i, certificate] of [...chain.entries()].toReversed()) {
    if (i > 0 && isSelfIssued(certificate)) continue;
    for (const about of chain.slice(i + 1).toReversed()) {
      const why =
        about.nameConstraints &&
        (violation(certificate, about.nameConstraints, library) ??
          (i === 0 ? hostProblem(certificate, about.nameConstraints, library) : undefined));
      if (why !== undefined) return { about, why };
    }
  }
  return undefined;
}

/**
 * Without alternative names, a common name that looks like a host may be taken for one elsewhere: OpenSSL compares it,
 * BoringSSL refuses it.
 */
function hostProblem(
  { names, subject }: Certificate,
  { permitted, excluded }: NameConstraints,
  library: "BoringSSL" | "OpenSSL",
): string | undefined {
  const name = subject.commonName ?? "";
  if (names.key !== undefined || !/^[\w:][\w:-]*(\.[\w:][\w:-]*)*$/.test(name)) return undefined;
  if (library === "BoringSSL") {
    return `has name constraints, but ${name} is named by its common name only`;
  }
  const [allowed, denied] = [permitted, excluded].map(({ dns }, i) =>
    dns.map((base) => dnsMatch(name, base, i === 1)),
  );
  const isAllowed = allowed?.length === 0 || allowed?.includes("match");
  return isAllowed && !denied?.includes("match")
    ? undefined
    : `does not permit the common name "${name}" by its name constraints`;
}

type Type = keyof NameConstraints["permitted"];

/** What cannot be compared is refused, as a name that is not permitted. */
type Match = "match" | "no match" | "cannot be compared";

function violation(
  { subject, names }: Certificate,
  { permitted, excluded }: NameConstraints,
  library: "BoringSSL" | "OpenSSL",
): string | undefined {
  const check = <T extends Type>(
    type: T,
    name: string,
    match: (constraint: NameConstraints["permitted"][T][number], isExcluded: boolean) => Match,
  ): string | undefined => {
    const allowed = permitted[type].map((constraint) => match(constraint, false));
    const denied = excluded[type].map((constraint) => match(constraint, true));
    if ([...allowed, ...denied].includes("cannot be compared")) {
      return `constrains names of a kind that ${library} cannot compare with "${name}"`;
    }
    if (allowed.length > 0 && !allowed.includes("match")) {
      return `does not permit "${name}" by its name constraints`;
    }
    return denied.includes("match") ? `excludes "${name}" by its name constraints` : undefined;
  };
  const problems = [
    subject.text === ""
      ? undefined
      : check("directory", subject.text, (base) => underName(subject.key, base)),
    ...names.dns.map((name) => check("dns", name, (base, out) => dnsMatch(name, base, out))),
    ...names.email.map((name) => check("email", name, (base) => emailMatch(name, base))),
    ...names.uri.map(({ text }) => check("uri", text, (base) => uriMatch(text, base))),
    ...names.ip.map((ip) =>
      check("ip", ipText(ip), (range) =>
        library === "OpenSSL" ? ipMatch(ip, range) : "cannot be compared",
      ),
    ),
  ];
  return problems.find((problem) => problem !== undefined);
}

/** nc_ip, which BoringSSL does not have. */
function ipMatch(ip: Uint8Array, range: IpRange): Match {
  return inRange(ip, range) ? "match" : "no match";
}

function underName(key: string, base: string): Match {
  return canonicalName(key).startsWith(canonicalName(base)) ? "match" : "no match";
}

/** nc_dns */
function dnsMatch(name: string, base: string, isExcluded: boolean): Match {
  const [domain, constraint] = [name, base].map((text) => text.replace(/\.$/, "").toLowerCase());
  if (domain === undefined || constraint === undefined) return "cannot be compared";
  const parent = constraint.slice(constraint.indexOf(".") + 1);
  const isWildcardOf =
    isExcluded && domain.startsWith("*.") && constraint.includes(".") && domain.slice(2) === parent;
  return isWildcardOf || isBelow(domain, constraint) ? "match" : "no match";
}

/** A constraint with a leading dot matches only what is below it. */
function isBelow(domain: string, constraint: string): boolean {
  if (constraint === "" || domain === constraint) return true;
  return domain.endsWith(constraint.startsWith(".") ? constraint : `.${constraint}`);
}

/** nc_email: a whole address, all of a host, or with a leading dot all of what is below it. */
function emailMatch(name: string, base: string): Match {
  const address = mailbox(name);
  const constraint = base.includes("@") ? mailbox(base) : { user: undefined, host: hostOf(base) };
  if (address?.host === undefined || constraint?.host === undefined) return "cannot be compared";
  const { user, host } = constraint;
  const matches =
    user === undefined && host.startsWith(".")
      ? address.host.endsWith(host)
      : address.host === host && (user ?? address.user) === address.user;
  return matches ? "match" : "no match";
}

function mailbox(
  text: string,
): { readonly user: string; readonly host: string | undefined } | undefined {
  const [, user, host] = /^([A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.]+)@([^@]+)$/.exec(text) ?? [];
  return user === undefined || host === undefined ? undefined : { user, host: hostOf(host) };
}

function hostOf(text: string): string | undefined {
  return /^[A-Za-z0-9\-.]+$/.test(text) ? text.toLowerCase() : undefined;
}

/** nc_uri */
function uriMatch(text: string, base: string): Match {
  const authority = /^[A-Za-z][A-Za-z0-9+\-.]*:\/\/([^/?#]+)/.exec(text)?.[1];
  const name =
    authority && /^([^:]*)(?::\d*)?$/.exec(authority)?.[1]?.replace(/\.$/, "").toLowerCase();
  const constraint = base.replace(/\.$/, "").toLowerCase();
  if (name === undefined || !isDomain(name) || !isDomain(constraint.replace(/^\./, ""))) {
    return "cannot be compared";
  }
  const matches = constraint.startsWith(".") ? name.endsWith(constraint) : name === constraint;
  return matches ? "match" : "no match";
}

/** nc_uri_is_fqdn: no address, and labels of letters, digits and hyphens. */
function isDomain(name: string): boolean {
  const labels = name.split(".");
  return (
    labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label)) &&
    !/^(\d+|0x[0-9a-f]*)$/i.test(labels.at(-1) ?? "")
  );
}
