import { hexOf } from "../der/bytes.ts";
import { readLargeOid } from "../der/oid.ts";
import {
  bytesOf,
  contextTag,
  isEmpty,
  peek,
  read,
  readInteger,
  readerOf,
  tags,
  type Reader,
} from "../der/read.ts";
import type { PolicyMapping } from "./certificate.ts";
import { Malformed, need } from "./malformed.ts";
import { signedNumber } from "./public-key.ts";

/** x509.parseCertificatePoliciesExtension; since Go 1.24 each policy may be named once only. */
export function parsePolicies(extension: Uint8Array, once: boolean): readonly string[] {
  const why = "invalid certificate policies";
  const policies = need(read(readerOf(extension), tags.sequence), why);
  const identifiers = new Set<string>();
  while (!isEmpty(policies)) {
    const policy = need(read(policies, tags.sequence), why);
    const identifier = need(readLargeOid(policy), why);
    if (once && identifiers.has(identifier)) throw new Malformed(why);
    identifiers.add(identifier);
  }
  return [...identifiers];
}

export function parsePolicyMappings(extension: Uint8Array): readonly PolicyMapping[] {
  const why = "invalid policy mappings extension";
  const sequence = need(read(readerOf(extension), tags.sequence), why);
  const mappings: PolicyMapping[] = [];
  while (!isEmpty(sequence)) {
    const mapping = need(read(sequence, tags.sequence), why);
    mappings.push({ issuer: rawOid(mapping, why), subject: rawOid(mapping, why) });
  }
  return mappings;
}

/** Unlike policies, Go takes any bytes here. */
function rawOid(reader: Reader, why: string): string {
  return hexOf(bytesOf(need(read(reader, tags.objectIdentifier), why)));
}

export interface PolicyConstraints {
  readonly requireExplicit: number | undefined;
  readonly inhibitMapping: number | undefined;
}

export function parsePolicyConstraints(extension: Uint8Array): PolicyConstraints {
  const why = "invalid policy constraints extension";
  const sequence = need(read(readerOf(extension), tags.sequence), why);
  const skip = (tag: number) =>
    peek(sequence) === contextTag(tag)
      ? small(readInteger(sequence, contextTag(tag)), why)
      : undefined;
  return { requireExplicit: skip(0), inhibitMapping: skip(1) };
}

export function parseInhibitAny(extension: Uint8Array): number {
  return small(readInteger(readerOf(extension)), "invalid inhibit any policy extension");
}

/** A Go int of 64 bits; beyond 2^53 nothing depends on the exact value. */
function small(integer: Uint8Array | undefined, why: string): number {
  const value = need(integer, why);
  if (value.length > 8) throw new Malformed(why);
  return Number(signedNumber(value));
}
