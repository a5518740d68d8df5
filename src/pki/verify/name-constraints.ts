import type { Certificate, Names } from "../certificate/certificate.ts";
import { domainNameValid } from "../go/domain.ts";
import { inRange, ipText, parseIp } from "../go/ip.ts";
import { parseMailbox, type Mailbox } from "../go/mailbox.ts";
import { since, type GoProfile } from "../profile.ts";
import { domainMatches } from "./domain-constraint.ts";

/** Until Go 1.25 one CA certificate may cost this many comparisons. */
const mostComparisons = 250_000;

/** Why a CA's name constraints forbid a name of a certificate below it; all its alternative names count. */
export function nameConstraintProblem(
  { nameConstraints }: Pick<Certificate, "nameConstraints">,
  below: readonly Pick<Certificate, "names">[],
  profile: GoProfile,
): string | undefined {
  if (!nameConstraints) return undefined;
  const { permitted, excluded } = nameConstraints;
  const budget = { left: since(profile, "1.26") ? Infinity : mostComparisons };
  const wildcards = since(profile, "1.25");
  const matchDomain = (domain: string, constraint: string, isExcluded: boolean) =>
    domainMatches(domain, constraint, isExcluded && wildcards);
  for (const { names } of below) {
    const problem =
      unreadable(names, profile) ??
      among("IP address", names.ip, permitted.ip, excluded.ip, inRange, ipText, budget) ??
      among("DNS name", names.dns, permitted.dns, excluded.dns, matchDomain, String, budget) ??
      uriProblem(names, permitted.uri, excluded.uri, matchDomain, budget) ??
      among(
        "email address",
        names.email.flatMap((email) => parseMailbox(email) ?? []),
        permitted.email,
        excluded.email,
        (mailbox, constraint, isExcluded) =>
          matchMailbox(mailbox, constraint, isExcluded, matchDomain),
        ({ local, domain }) => `${local}@${domain}`,
        budget,
      );
    if (problem !== undefined) return problem;
  }
  return undefined;
}

type MatchDomain = (domain: string, constraint: string, isExcluded: boolean) => boolean;

/** Names that a CA with any constraint at all cannot sign, as they cannot be compared. */
function unreadable({ dns, uri, email }: Names, profile: GoProfile): string | undefined {
  const badDns = dns.find((name) => !domainNameValid(name, false));
  if (badDns !== undefined) return `cannot compare DNS name "${badDns}" with its constraints`;
  const badEmail = email.find((address) => !parseMailbox(address));
  if (badEmail !== undefined)
    return `cannot compare email address "${badEmail}" with its constraints`;
  const badUri = since(profile, "1.26")
    ? uri.find(({ host }) => uriDomain(host) === undefined)
    : undefined;
  return badUri && `cannot compare URI "${badUri.text}" with its constraints: it names no host`;
}

function uriProblem(
  { uri }: Names,
  permitted: readonly string[],
  excluded: readonly string[],
  matchDomain: MatchDomain,
  budget: Budget,
): string | undefined {
  if (permitted.length + excluded.length === 0) return undefined;
  const bad = uri.find(({ host }) => uriDomain(host) === undefined);
  if (bad) return `cannot compare URI "${bad.text}" with its constraints: it names no host`;
  const matchUri = ({ host }: { readonly host: string }, constraint: string, isExcluded: boolean) =>
    matchDomain(uriDomain(host) ?? "", constraint, isExcluded);
  return among("URI", uri, permitted, excluded, matchUri, ({ text }) => text, budget);
}

/** The domain of a host with its port; undefined for addresses and for nothing. */
function uriDomain(host: string): string | undefined {
  const domain = host.includes(":") && !host.endsWith("]") ? withoutPort(host) : host;
  if (domain === undefined || domain === "" || parseIp(domain, "zone")) return undefined;
  return domain.startsWith("[") && domain.endsWith("]") ? undefined : domain;
}

/** net.SplitHostPort. */
function withoutPort(host: string): string | undefined {
  return /^(?:\[([^[\]]*)\]|([^:[\]]*)):[^[\]]*$/
    .exec(host)
    ?.slice(1)
    .find((part) => part !== undefined);
}

interface Budget {
  left: number;
}

function among<Name, Constraint>(
  what: string,
  names: readonly Name[],
  permitted: readonly Constraint[],
  excluded: readonly Constraint[],
  matches: (name: Name, constraint: Constraint, isExcluded: boolean) => boolean,
  text: (name: Name) => string,
  budget: Budget,
): string | undefined {
  for (const name of names) {
    budget.left -= excluded.length;
    if (budget.left < 0) return "has more name constraints than Go compares";
    if (excluded.some((constraint) => matches(name, constraint, true))) {
      return `excludes ${what} "${text(name)}" by its name constraints`;
    }
    budget.left -= permitted.length;
    if (budget.left < 0) return "has more name constraints than Go compares";
    if (permitted.length > 0 && !permitted.some((constraint) => matches(name, constraint, false))) {
      return `does not permit ${what} "${text(name)}" by its name constraints`;
    }
  }
  return undefined;
}

function matchMailbox(
  mailbox: Mailbox,
  constraint: string,
  isExcluded: boolean,
  matchDomain: MatchDomain,
): boolean {
  if (!constraint.includes("@")) return matchDomain(mailbox.domain, constraint, isExcluded);
  const exact = parseMailbox(constraint);
  return (
    exact?.local === mailbox.local && exact.domain.toLowerCase() === mailbox.domain.toLowerCase()
  );
}
