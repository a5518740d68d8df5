import type { Certificate } from "../certificate/certificate.ts";
import { ipText, parseIp, sameIp } from "../go/ip.ts";
import { defaultProfile, since, type GoProfile } from "../profile.ts";

/** What of a certificate says for which hosts it is. */
interface Named {
  readonly names: Pick<Certificate["names"], "key" | "dns" | "ip">;
  readonly subject: Pick<Certificate["subject"], "commonName">;
}

/** Why a certificate is not valid for a host: x509.Certificate.VerifyHostname. The common name does not count. */
export function hostNameProblem(
  { names, subject }: Named,
  host: string,
  profile: GoProfile = defaultProfile,
): string | undefined {
  const address = parseIp(/^\[(.+)\]$/s.exec(host)?.[1] ?? host);
  if (address) {
    if (names.ip.some((ip) => sameIp(ip, address))) return undefined;
    return names.ip.length === 0
      ? `has no IP address among its names, so it is not valid for ${host}`
      : `is valid for ${listed(names.ip.map(ipText))}, not for ${host}`;
  }
  if (names.dns.some((name) => matches(name, host, profile))) return undefined;
  const { commonName } = subject;
  if (names.key === undefined && commonName !== undefined && wildcardMatch(commonName, host)) {
    return `has ${host} as its common name only, which does not count: it needs a DNS name`;
  }
  return names.dns.length === 0
    ? `is not valid for any name, so not for ${host}`
    : `is valid for ${listed(names.dns)}, not for ${host}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(", ");
  return names.length > 10 ? `${shown} and ${String(names.length - 10)} more` : shown;
}

/** Names that are no host names match only as they are. */
function matches(name: string, host: string, profile: GoProfile): boolean {
  const byPattern = wildcardMatch(name, host);
  const same = lowerCase(name) === lowerCase(host);
  if (!byPattern && !same) return false;
  if (isHostName(withoutDot(host), "host", profile) && isHostName(name, "pattern", profile)) {
    return byPattern;
  }
  return same && ![name, host].some((one) => one === "" || one === ".");
}

function isHostName(name: string, as: "host" | "pattern", profile: GoProfile): boolean {
  if (name === "*" && since(profile, "1.23")) return false;
  const rest = as === "pattern" ? name.replace(/^\*(?=\.|$)/, "x") : name;
  return /^[a-z0-9_][a-z0-9_-]*(\.[a-z0-9_][a-z0-9_-]*)*$/i.test(rest);
}

/** An asterisk stands for one whole label, the first. */
function wildcardMatch(pattern: string, host: string): boolean {
  if (pattern === "") return false;
  const name = lowerCase(pattern);
  const dialed = lowerCase(withoutDot(host));
  if (name === dialed) return true;
  const dot = dialed.indexOf(".");
  return name.startsWith("*") && name.slice(1) === (dot === -1 ? "" : dialed.slice(dot));
}

function withoutDot(host: string): string {
  return host.endsWith(".") ? host.slice(0, -1) : host;
}

/** ASCII only, as Go compares names. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
