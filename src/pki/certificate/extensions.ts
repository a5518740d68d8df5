import { hexOf, latin1Of } from "../der/bytes.ts";
import { readOid } from "../der/oid.ts";
import {
  bitAt,
  bytesOf,
  contextTag,
  explicitTag,
  isEmpty,
  peek,
  read,
  readBitString,
  readBoolean,
  readInteger,
  readerOf,
  tags,
  type Reader,
} from "../der/read.ts";
import { since, type GoProfile } from "../profile.ts";
import { parseAlternativeNames } from "./alternative-names.ts";
import type {
  Authority,
  BasicConstraints,
  KeyUsage,
  NameConstraints,
  Names,
  Policies,
} from "./certificate.ts";
import { checkAccessLocations, checkDistributionPoints } from "./locations.ts";
import { Malformed, need } from "./malformed.ts";
import { parseNameConstraints } from "./name-constraints.ts";
import {
  parseInhibitAny,
  parsePolicies,
  parsePolicyConstraints,
  parsePolicyMappings,
} from "./policies.ts";
import { signedNumber } from "./public-key.ts";
import { extKeyUsageName, keyUsages } from "./usages.ts";

interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** What extensions say; every part is as in a certificate without them until one says otherwise. */
export interface Extensions {
  oids: string[];
  critical: readonly string[];
  unhandledCritical: string[];
  basicConstraints: BasicConstraints | undefined;
  keyUsage: readonly KeyUsage[] | undefined;
  extKeyUsage: readonly string[] | undefined;
  subjectKeyId: string | undefined;
  authorityKeyId: string | undefined;
  authority: Authority;
  names: Names;
  nameConstraints: NameConstraints | undefined;
  policies: Policies;
}

export function noExtensions(): Extensions {
  return {
    oids: [],
    critical: [],
    unhandledCritical: [],
    basicConstraints: undefined,
    keyUsage: undefined,
    extKeyUsage: undefined,
    subjectKeyId: undefined,
    authorityKeyId: undefined,
    authority: { serial: undefined, issuer: undefined },
    names: { key: undefined, dns: [], ip: [], uri: [], email: [] },
    nameConstraints: undefined,
    policies: {
      identifiers: [],
      mappings: [],
      requireExplicit: undefined,
      inhibitMapping: undefined,
      inhibitAny: undefined,
    },
  };
}

export function parseExtensions(field: Reader, profile: GoProfile): Extensions {
  const sequence = need(read(field, tags.sequence), "malformed extensions");
  const extensions: Extension[] = [];
  const seen = new Set<string>();
  while (!isEmpty(sequence)) {
    const extension = parseExtension(need(read(sequence, tags.sequence), "malformed extension"));
    if (seen.has(extension.oid)) {
      throw new Malformed(`certificate contains duplicate extension with OID "${extension.oid}"`);
    }
    seen.add(extension.oid);
    extensions.push(extension);
  }
  const critical = extensions.filter((extension) => extension.critical).map(({ oid }) => oid);
  const into = { ...noExtensions(), oids: [...seen], critical };
  for (const extension of extensions) {
    const handled = handlers[extension.oid]?.(extension, into, profile) ?? false;
    if (extension.critical && !handled) into.unhandledCritical.push(extension.oid);
  }
  return into;
}

function parseExtension(reader: Reader): Extension {
  const oid = need(readOid(reader), "malformed extension OID field");
  const critical =
    peek(reader) === tags.boolean
      ? need(readBoolean(reader), "malformed extension critical field")
      : false;
  const value = need(read(reader, tags.octetString), "malformed extension value field");
  return { oid, critical, value: bytesOf(value) };
}

/** Reads an extension; false: as Go sees it, nothing in it was handled. */
type Handler = (extension: Extension, into: Extensions, profile: GoProfile) => boolean;

const handlers: Readonly<Record<string, Handler>> = {
  "2.5.29.14": (extension, into, profile) => {
    mustNotBeCritical(extension, "subject key identifier", profile);
    const id = read(readerOf(extension.value), tags.octetString);
    into.subjectKeyId = hexOf(bytesOf(need(id, "invalid subject key identifier")));
    return true;
  },
  "2.5.29.15": ({ value }, into) => {
    into.keyUsage = parseKeyUsage(value);
    return true;
  },
  "2.5.29.17": ({ value }, into, profile) => {
    into.names = parseAlternativeNames(value, { strictColons: since(profile, "1.26") });
    const { dns, ip, uri, email } = into.names;
    return dns.length + ip.length + uri.length + email.length > 0;
  },
  "2.5.29.19": ({ value, critical }, into) => {
    into.basicConstraints = parseBasicConstraints(value, critical);
    return true;
  },
  "2.5.29.30": ({ value, critical }, into) => {
    const { constraints, unhandled } = parseNameConstraints(value, critical);
    into.nameConstraints = constraints;
    return !unhandled;
  },
  "2.5.29.31": ({ value }) => checkDistributionPoints(value),
  "2.5.29.32": ({ value }, into, profile) => {
    const identifiers = parsePolicies(value, since(profile, "1.24"));
    into.policies = { ...into.policies, identifiers };
    return true;
  },
  "2.5.29.33": ({ value }, into, profile) => {
    if (!since(profile, "1.24")) return false;
    into.policies = { ...into.policies, mappings: parsePolicyMappings(value) };
    return true;
  },
  "2.5.29.35": (extension, into, profile) => {
    mustNotBeCritical(extension, "authority key identifier", profile);
    into.authorityKeyId = parseAuthorityKeyId(extension.value);
    into.authority = readAuthority(extension.value);
    return true;
  },
  "2.5.29.36": ({ value }, into, profile) => {
    if (!since(profile, "1.24")) return false;
    into.policies = { ...into.policies, ...parsePolicyConstraints(value) };
    return true;
  },
  "2.5.29.37": ({ value }, into) => {
    into.extKeyUsage = parseExtKeyUsage(value);
    return true;
  },
  "2.5.29.54": ({ value }, into, profile) => {
    if (!since(profile, "1.24")) return false;
    into.policies = { ...into.policies, inhibitAny: parseInhibitAny(value) };
    return true;
  },
  "1.3.6.1.5.5.7.1.1": (extension, _into, profile) => {
    mustNotBeCritical(extension, "authority info access", profile);
    return checkAccessLocations(extension.value);
  },
};

function mustNotBeCritical({ critical }: Extension, what: string, profile: GoProfile): void {
  if (critical && since(profile, "1.23"))
    throw new Malformed(`${what} incorrectly marked critical`);
}

/** Without a bit it is as if there were no such extension: Go keeps the bits only. */
function parseKeyUsage(value: Uint8Array): readonly KeyUsage[] | undefined {
  const bits = need(readBitString(readerOf(value)), "invalid key usage");
  const usages = keyUsages.filter((_, i) => bitAt(bits, i));
  return usages.length > 0 ? usages : undefined;
}

function parseBasicConstraints(value: Uint8Array, critical: boolean): BasicConstraints {
  const why = "invalid basic constraints";
  const fields = need(read(readerOf(value), tags.sequence), why);
  const isCA = peek(fields) === tags.boolean ? need(readBoolean(fields), why) : false;
  if (peek(fields) !== tags.integer) return { isCA, pathLength: undefined, critical };
  const pathLength = signedNumber(need(readInteger(fields), why));
  if (pathLength < 0n || pathLength >= 1n << 63n) throw new Malformed(why);
  return { isCA, pathLength: Number(pathLength), critical };
}

function parseAuthorityKeyId(value: Uint8Array): string | undefined {
  const why = "invalid authority key identifier";
  const fields = need(read(readerOf(value), tags.sequence), why);
  if (peek(fields) !== contextTag(0)) return undefined;
  return hexOf(bytesOf(need(read(fields, contextTag(0)), why)));
}

/** The rest of it, which Go leaves unread: what cannot be read is not there. */
function readAuthority(value: Uint8Array): Authority {
  const fields = read(readerOf(value), tags.sequence) ?? readerOf(new Uint8Array());
  if (peek(fields) === contextTag(0)) read(fields, contextTag(0));
  const names = peek(fields) === explicitTag(1) ? read(fields, explicitTag(1)) : undefined;
  const name = names && read(names, explicitTag(4));
  const serial = readInteger(fields, contextTag(2));
  return {
    serial: serial && signedNumber(serial),
    issuer: name && latin1Of(bytesOf(name)),
  };
}

function parseExtKeyUsage(value: Uint8Array): readonly string[] {
  const why = "invalid extended key usages";
  const sequence = need(read(readerOf(value), tags.sequence), why);
  const usages: string[] = [];
  while (!isEmpty(sequence)) {
    usages.push(extKeyUsageName(need(readOid(sequence), why)));
  }
  return usages;
}
