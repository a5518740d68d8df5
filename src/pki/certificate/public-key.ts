import { hexOf } from "../der/bytes.ts";
import { readOid } from "../der/oid.ts";
import {
  isEmpty,
  read,
  readBitString,
  readElement,
  readInteger,
  readerOf,
  rightAligned,
  tags,
  type Reader,
} from "../der/read.ts";
import { curves, pointOn, type Curve } from "./curve.ts";
import { Malformed, need } from "./malformed.ts";

/** What Go makes of a SubjectPublicKeyInfo. */
export type PublicKey =
  | {
      readonly algorithm: "RSA";
      /** Big-endian, without leading zeros. */
      readonly modulus: Uint8Array;
      readonly exponent: bigint;
      readonly bits: number;
    }
  | {
      readonly algorithm: "ECDSA";
      readonly curve: Curve["name"];
      readonly x: Uint8Array;
      readonly y: Uint8Array;
    }
  | { readonly algorithm: "Ed25519"; readonly point: Uint8Array }
  /** Go reads DSA keys and checks no signature with them. */
  | { readonly algorithm: "DSA" }
  | { readonly algorithm: "unknown"; readonly oid: string }
  /** Of a simulation: a key that nobody has made yet. */
  | { readonly algorithm: "symbolic" };

export interface AlgorithmIdentifier {
  readonly oid: string;
  /** With tag and length; empty when absent. */
  readonly parameters: Uint8Array;
}

const none = new Uint8Array();

export function parseAlgorithm(reader: Reader): AlgorithmIdentifier {
  const oid = need(readOid(reader), "malformed OID");
  if (isEmpty(reader)) return { oid, parameters: none };
  const parameters = need(readElement(reader), "malformed parameters");
  return { oid, parameters: reader.bytes.subarray(parameters.start, reader.at) };
}

/** The contents of a SubjectPublicKeyInfo; what stands behind the key is not looked at. */
export function parsePublicKey(spki: Reader): PublicKey {
  const algorithm = parseAlgorithm(
    need(read(spki, tags.sequence), "malformed public key algorithm identifier"),
  );
  const bits = need(readBitString(spki), "malformed subjectPublicKey");
  const parse = parsers[algorithm.oid];
  return parse
    ? parse(algorithm.parameters, rightAligned(bits))
    : { algorithm: "unknown", oid: algorithm.oid };
}

const parsers: Readonly<Record<string, (parameters: Uint8Array, key: Uint8Array) => PublicKey>> = {
  "1.2.840.113549.1.1.1": rsaKey,
  "1.2.840.10045.2.1": ecKey,
  "1.3.101.112": ed25519Key,
  "1.2.840.10040.4.1": dsaKey,
};

function rsaKey(parameters: Uint8Array, key: Uint8Array): PublicKey {
  if (parameters.length !== 2 || parameters[0] !== 5 || parameters[1] !== 0) {
    throw new Malformed("RSA key missing NULL parameters");
  }
  const numbers = need(read(readerOf(key), tags.sequence), "invalid RSA public key");
  const modulus = need(readInteger(numbers), "invalid RSA modulus");
  const exponent = need(smallInteger(numbers), "invalid RSA public exponent");
  if (!isPositive(modulus)) throw new Malformed("RSA modulus is not a positive number");
  if (exponent <= 0n) throw new Malformed("RSA public exponent is not a positive number");
  const unsigned = modulus[0] === 0 ? modulus.subarray(1) : modulus;
  const bits = unsigned.length * 8 - Math.clz32(unsigned[0] ?? 0) + 24;
  return { algorithm: "RSA", modulus: unsigned, exponent, bits };
}

function ecKey(parameters: Uint8Array, key: Uint8Array): PublicKey {
  const oid = need(readOid(readerOf(parameters)), "invalid ECDSA parameters");
  const curve = need(curves[oid], "unsupported elliptic curve");
  const point = need(pointOn(curve, key), "failed to unmarshal elliptic curve point");
  return { algorithm: "ECDSA", curve: curve.name, ...point };
}

function ed25519Key(parameters: Uint8Array, key: Uint8Array): PublicKey {
  if (parameters.length > 0) throw new Malformed("Ed25519 key encoded with illegal parameters");
  if (key.length !== 32) throw new Malformed("wrong Ed25519 public key size");
  return { algorithm: "Ed25519", point: key };
}

function dsaKey(parameters: Uint8Array, key: Uint8Array): PublicKey {
  const y = need(readInteger(readerOf(key)), "invalid DSA public key");
  const numbers = need(read(readerOf(parameters), tags.sequence), "invalid DSA parameters");
  const rest = [0, 1, 2].map(() => need(readInteger(numbers), "invalid DSA parameters"));
  if (![y, ...rest].every(isPositive)) throw new Malformed("zero or negative DSA parameter");
  return { algorithm: "DSA" };
}

/** A Go int of 64 bits. */
function smallInteger(reader: Reader): bigint | undefined {
  const value = readInteger(reader);
  if (!value || value.length > 8) return undefined;
  return signedNumber(value);
}

export function signedNumber(bytes: Uint8Array): bigint {
  const value = BigInt(`0x${hexOf(bytes)}`);
  return (bytes[0] ?? 0) < 0x80 ? value : value - (1n << BigInt(bytes.length * 8));
}

function isPositive(integer: Uint8Array): boolean {
  return (integer[0] ?? 0) < 0x80 && integer.some((byte) => byte !== 0);
}
