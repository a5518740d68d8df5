import { contextTag, tags } from "../der/read.ts";
import {
  bitString,
  boolean,
  element,
  explicit,
  integer,
  nameText,
  octetString,
  oid,
  sequence,
  time,
} from "../der/write.ts";
import type { IpRange, KeyUsage } from "./certificate.ts";
import { extKeyUsageOids, keyUsages } from "./usages.ts";
import { attributeOids } from "./name.ts";

/** What goes into a certificate besides key and signature. Left out: no such extension. */
export interface CertificateFields {
  /** The DER of the names: `encodeName` or `nameBytes`. */
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  readonly serial: bigint;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly version?: number;
  readonly basicConstraints?: { readonly isCA: boolean; readonly pathLength?: number };
  readonly keyUsage?: readonly KeyUsage[];
  /** Names as in `Certificate.extKeyUsage`, or object identifiers. */
  readonly extKeyUsage?: readonly string[];
  /** Hexadecimal. */
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: string;
  readonly dns?: readonly string[];
  readonly ip?: readonly Uint8Array[];
  readonly uri?: readonly string[];
  readonly email?: readonly string[];
  readonly nameConstraints?: {
    readonly permitted?: EncodedSubtrees;
    readonly excluded?: EncodedSubtrees;
  };
  /** Others, whole. */
  readonly more?: readonly {
    readonly oid: string;
    readonly critical: boolean;
    readonly value: Uint8Array;
  }[];
}

interface EncodedSubtrees {
  readonly dns?: readonly string[];
  readonly ip?: readonly IpRange[];
  readonly email?: readonly string[];
  readonly uri?: readonly string[];
}

/** "CN", "O" and so on, with their values, each in a set of its own. */
export function encodeName(
  attributes: readonly (readonly [type: string, value: string])[],
): Uint8Array {
  return sequence(
    ...attributes.map(([type, value]) =>
      element(tags.set, sequence(oid(attributeOids[type] ?? type), nameText(value))),
    ),
  );
}

/** The part of a certificate that is signed. */
export function encodeTbs(
  fields: CertificateFields,
  spki: Uint8Array,
  signatureAlgorithm: Uint8Array,
): Uint8Array {
  const { version = 3 } = fields;
  const extensions = version === 3 ? encodeExtensions(fields) : [];
  return sequence(
    ...(version > 1 ? [explicit(0, integer(BigInt(version - 1)))] : []),
    integer(fields.serial),
    signatureAlgorithm,
    fields.issuer,
    sequence(time(fields.notBefore), time(fields.notAfter)),
    fields.subject,
    spki,
    ...(extensions.length > 0 ? [explicit(3, sequence(...extensions))] : []),
  );
}

function encodeExtensions(fields: CertificateFields): readonly Uint8Array[] {
  const { keyUsage, extKeyUsage, basicConstraints, subjectKeyId, authorityKeyId } = fields;
  const names = alternativeNames(fields);
  return [
    ...(keyUsage ? [extension("2.5.29.15", true, encodeKeyUsage(keyUsage))] : []),
    ...(extKeyUsage ? [extension("2.5.29.37", false, encodeExtKeyUsage(extKeyUsage))] : []),
    ...(basicConstraints
      ? [extension("2.5.29.19", true, encodeBasicConstraints(basicConstraints))]
      : []),
    ...(subjectKeyId !== undefined
      ? [extension("2.5.29.14", false, octetString(Buffer.from(subjectKeyId, "hex")))]
      : []),
    ...(authorityKeyId !== undefined
      ? [
          extension(
            "2.5.29.35",
            false,
            sequence(element(contextTag(0), Buffer.from(authorityKeyId, "hex"))),
          ),
        ]
      : []),
    // Without a subject the names are all that says whose certificate it is: RFC 5280 4.2.1.6.
    ...(names.length > 0
      ? [extension("2.5.29.17", fields.subject.length === 2, sequence(...names))]
      : []),
    ...(fields.nameConstraints
      ? [extension("2.5.29.30", true, encodeNameConstraints(fields.nameConstraints))]
      : []),
    ...(fields.more ?? []).map((one) => extension(one.oid, one.critical, one.value)),
  ];
}

function extension(identifier: string, critical: boolean, value: Uint8Array): Uint8Array {
  return sequence(oid(identifier), ...(critical ? [boolean(true)] : []), octetString(value));
}

function encodeKeyUsage(usages: readonly KeyUsage[]): Uint8Array {
  const bits = keyUsages.map((usage) => usages.includes(usage));
  const length = bits.lastIndexOf(true) + 1;
  const bytes = new Uint8Array(Math.ceil(length / 8));
  for (const [i, set] of bits.entries()) {
    if (set) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (0x80 >> (i & 7));
  }
  return bitString(bytes, bytes.length * 8 - length);
}

function encodeExtKeyUsage(usages: readonly string[]): Uint8Array {
  return sequence(...usages.map((usage) => oid(extKeyUsageOids[usage] ?? usage)));
}

function encodeBasicConstraints({
  isCA,
  pathLength,
}: NonNullable<CertificateFields["basicConstraints"]>): Uint8Array {
  return sequence(
    ...(isCA ? [boolean(true)] : []),
    ...(pathLength === undefined ? [] : [integer(BigInt(pathLength))]),
  );
}

function alternativeNames({ dns, email, ip, uri }: EncodedNames): readonly Uint8Array[] {
  return [
    ...texts(2, dns),
    ...texts(1, email),
    ...(ip ?? []).map((address) => element(contextTag(7), address)),
    ...texts(6, uri),
  ];
}

type EncodedNames = Pick<CertificateFields, "dns" | "email" | "ip" | "uri">;

function texts(tag: number, values: readonly string[] = []): readonly Uint8Array[] {
  return values.map((value) => element(contextTag(tag), Buffer.from(value)));
}

function encodeNameConstraints({
  permitted,
  excluded,
}: NonNullable<CertificateFields["nameConstraints"]>): Uint8Array {
  return sequence(
    ...(permitted ? [explicit(0, ...encodeSubtrees(permitted))] : []),
    ...(excluded ? [explicit(1, ...encodeSubtrees(excluded))] : []),
  );
}

function encodeSubtrees({ dns, email, ip, uri }: EncodedSubtrees): readonly Uint8Array[] {
  return [
    ...texts(2, dns),
    ...texts(1, email),
    ...(ip ?? []).map((range) => element(contextTag(7), range.ip, range.mask)),
    ...texts(6, uri),
  ].map((base) => sequence(base));
}
