import { hexOf, latin1Of } from "../der/bytes.ts";
import {
  bytesOf,
  contextTag,
  explicitTag,
  isEmpty,
  peek,
  read,
  readElement,
  readerOf,
  tags,
  type Reader,
} from "../der/read.ts";
import { ia5Text } from "../der/text.ts";
import { domainNameValid } from "../go/domain.ts";
import { parseIp } from "../go/ip.ts";
import { parseMailbox } from "../go/mailbox.ts";
import type { IpRange, NameConstraints } from "./certificate.ts";
import { Malformed, need } from "./malformed.ts";

interface Parsed {
  readonly constraints: NameConstraints;
  /** True when it constrains names of a type that Go does not check. */
  readonly unhandled: boolean;
}

/** x509.parseNameConstraintsExtension. */
export function parseNameConstraints(extension: Uint8Array, critical: boolean): Parsed {
  const outer = readerOf(extension);
  const top = read(outer, tags.sequence);
  if (!top || !isEmpty(outer)) throw new Malformed("invalid NameConstraints extension");
  const permitted = optionalSubtrees(top, 0);
  const excluded = optionalSubtrees(top, 1);
  if (!isEmpty(top)) throw new Malformed("invalid NameConstraints extension");
  if ((!permitted || isEmpty(permitted)) && (!excluded || isEmpty(excluded))) {
    throw new Malformed("empty name constraints extension");
  }
  const [allow, deny] = [parseSubtrees(permitted), parseSubtrees(excluded)];
  return {
    constraints: { critical, permitted: allow.subtrees, excluded: deny.subtrees },
    unhandled: allow.unhandled || deny.unhandled,
  };
}

function optionalSubtrees(top: Reader, tag: number): Reader | undefined {
  if (peek(top) !== explicitTag(tag)) return undefined;
  return need(read(top, explicitTag(tag)), "invalid NameConstraints extension");
}

function parseSubtrees(field: Reader | undefined) {
  const subtrees = field ?? readerOf(new Uint8Array());
  const dns: string[] = [];
  const email: string[] = [];
  const uri: string[] = [];
  const ip: IpRange[] = [];
  const directory: string[] = [];
  let unhandled = false;
  while (!isEmpty(subtrees)) {
    const subtree = read(subtrees, tags.sequence);
    const name = need(subtree && readElement(subtree), "invalid NameConstraints extension");
    const bytes = bytesOf(name.contents);
    if (name.tag === contextTag(1)) email.push(parseEmail(bytes));
    else if (name.tag === contextTag(2)) dns.push(parseDomain(bytes, "dnsName constraint"));
    else if (name.tag === contextTag(6)) uri.push(parseUriDomain(bytes));
    else if (name.tag === contextTag(7)) ip.push(parseRange(bytes));
    else {
      unhandled = true;
      if (name.tag === explicitTag(4)) directory.push(latin1Of(bytes));
    }
  }
  return { subtrees: { dns, email, uri, ip, directory }, unhandled };
}

function parseDomain(bytes: Uint8Array, what: string): string {
  const domain = need(ia5Text(bytes), "invalid constraint value");
  if (domainNameValid(domain, true)) return domain;
  throw new Malformed(`failed to parse ${what} ${JSON.stringify(domain)}`);
}

function parseEmail(bytes: Uint8Array): string {
  const constraint = need(ia5Text(bytes), "invalid constraint value");
  const valid = constraint.includes("@")
    ? parseMailbox(constraint) !== undefined
    : domainNameValid(constraint, true);
  if (valid) return constraint;
  throw new Malformed(`failed to parse rfc822Name constraint ${JSON.stringify(constraint)}`);
}

function parseUriDomain(bytes: Uint8Array): string {
  const domain = parseDomain(bytes, "URI constraint");
  if (!parseIp(domain)) return domain;
  throw new Malformed(
    `failed to parse URI constraint ${JSON.stringify(domain)}: cannot be IP address`,
  );
}

function parseRange(bytes: Uint8Array): IpRange {
  if (bytes.length !== 8 && bytes.length !== 32) {
    throw new Malformed(`IP constraint contained value of length ${String(bytes.length)}`);
  }
  const [ip, mask] = [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)];
  const bits = [...mask].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  if (/^1*0*$/.test(bits)) return { ip, mask };
  throw new Malformed(`IP constraint contained invalid mask ${hexOf(mask)}`);
}
