import { parseIp } from "./ip.ts";

/** Where Go versions differ: since 1.26 an http host holds one colon at most. */
export interface UrlRules {
  readonly strictColons: boolean;
}

const wellEscaped = /^(?:[^%]|%[0-9A-Fa-f]{2})*$/;
const hostCharacters = /^[A-Za-z0-9!$&'()*+,;=:[\]<>"\-_.~]*$/;

/** The host of an ASCII URL as net/url parses it, "" when it has none; undefined where url.Parse fails. */
export function urlHost(url: string, rules: UrlRules): string | undefined {
  const hash = url.indexOf("#");
  const main = hash < 0 ? url : url.slice(0, hash);
  if (isRefused(main) || !wellEscaped.test(url.slice(main.length))) return undefined;
  if (main === "*") return "";
  const scheme = schemeOf(main);
  const rest = main.slice(scheme.length).replace(/\?.*$/s, "");
  if (scheme !== "" && !rest.startsWith("/")) return "";
  // A colon in the first segment looks like a malformed scheme.
  if (/^[^/]*:/.test(rest)) return undefined;
  const authority = authorityOf(scheme, rest);
  const path = authority === undefined ? rest : rest.slice(2 + authority.length);
  if (!wellEscaped.test(path)) return undefined;
  return authorityHost(scheme.slice(0, -1).toLowerCase(), authority ?? "", rules);
}

/** With its colon. */
function schemeOf(url: string): string {
  return /^[A-Za-z][A-Za-z0-9+\-.]*:/.exec(url)?.[0] ?? "";
}

function authorityOf(scheme: string, rest: string): string | undefined {
  if (!rest.startsWith("//") || (scheme === "" && rest.startsWith("///"))) return undefined;
  return rest.slice(2).replace(/\/.*$/s, "");
}

/** Control characters, or nothing before the first colon. */
function isRefused(url: string): boolean {
  // oxlint-disable-next-line no-control-regex -- these are what it looks for
  return url.startsWith(":") || /[\x00-\x1f\x7f]/.test(url);
}

function authorityHost(scheme: string, authority: string, rules: UrlRules): string | undefined {
  const at = authority.lastIndexOf("@");
  const user = authority.slice(0, Math.max(at, 0));
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user) || !wellEscaped.test(user)) return undefined;
  const host = authority.slice(at + 1);
  const bracket = host.lastIndexOf("[");
  if (bracket > 0) return undefined;
  if (bracket === 0) return addressHost(host);
  const colon =
    scheme === "http" || scheme === "https" ? firstColon(host, rules) : host.lastIndexOf(":");
  if (colon >= 0 && !/^:\d*$/.test(host.slice(colon))) return undefined;
  return unescapedHost(host);
}

function firstColon(host: string, { strictColons }: UrlRules): number {
  return strictColons ? host.indexOf(":") : host.lastIndexOf(":");
}

/** "[address]:port" */
function addressHost(host: string): string | undefined {
  const close = host.lastIndexOf("]");
  const port = host.slice(close + 1);
  if (close < 0 || !/^(:\d*)?$/.test(port)) return undefined;
  const zone = host.indexOf("%25");
  const inside = zone < 0 || zone > close ? close : zone;
  const address = unescapedHost(host.slice(1, inside));
  const zoneText = unescapedZone(host.slice(inside, close));
  if (address === undefined || zoneText === undefined) return undefined;
  const ip = parseIp(address + zoneText, "zone");
  return ip?.length === 16 ? `[${address}${zoneText}]${port}` : undefined;
}

/** In a host only bytes beyond ASCII are escaped; no such host is a valid domain, whatever the bytes. */
function unescapedHost(text: string): string | undefined {
  if (!hostCharacters.test(text.replace(/%25|%[89A-Fa-f][0-9A-Fa-f]/g, ""))) return undefined;
  return text.replace(/%25/g, "%").replace(/%[89A-Fa-f][0-9A-Fa-f]/g, "\u0080");
}

function unescapedZone(text: string): string | undefined {
  if (!wellEscaped.test(text)) return undefined;
  if (!hostCharacters.test(text.replace(/%[0-9A-Fa-f]{2}/g, ""))) return undefined;
  const zone = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return hostCharacters.test(zone.replace(/[% ]/g, "")) ? zone : undefined;
}
