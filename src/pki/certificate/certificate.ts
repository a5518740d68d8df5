import type { PublicKey } from "./public-key.ts";

/** A certificate as Go's x509.ParseCertificate reads it; plain data. */
export interface Certificate {
  readonly raw: Uint8Array;
  /** SHA-256 of the DER in hexadecimal: the same certificate, wherever it was found. */
  readonly fingerprint: string;
  readonly version: number;
  readonly serial: bigint;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: Date;
  /** The last instant at which it is valid. */
  readonly notAfter: Date;
  readonly publicKey: PublicKey;
  /** The SubjectPublicKeyInfo. */
  readonly publicKeyInfo: Uint8Array;
  /** Who holds the key: SHA-256 of the SubjectPublicKeyInfo in hexadecimal, or the name of a symbolic key. */
  readonly keyId: string;
  readonly signature: Signature;
  /** The object identifiers of all extensions, in their order. */
  readonly extensions: readonly string[];
  readonly critical: readonly string[];
  /** Critical extensions that Go does not know: they make every verification fail. */
  readonly unhandledCritical: readonly string[];
  readonly basicConstraints: BasicConstraints | undefined;
  /** Undefined: no such extension, or one without a bit. */
  readonly keyUsage: readonly KeyUsage[] | undefined;
  /** Names as in x509.ExtKeyUsage, object identifiers of others; undefined without the extension. */
  readonly extKeyUsage: readonly string[] | undefined;
  readonly subjectKeyId: string | undefined;
  readonly authorityKeyId: string | undefined;
  /** What the authority key identifier says besides; Go does not look at it. */
  readonly authority: Authority;
  readonly names: Names;
  readonly nameConstraints: NameConstraints | undefined;
  readonly policies: Policies;
}

export interface DistinguishedName {
  /** The DER, as a string to compare: Go compares bytes, so the same text in another string type is another name. */
  readonly key: string;
  /** As Go prints it: "CN=knative.dev,O=example". */
  readonly text: string;
  readonly commonName: string | undefined;
}

export type Signature =
  | {
      readonly kind: "bytes";
      /** Undefined: one that Go does not know. */
      readonly algorithm: SignatureAlgorithm | undefined;
      readonly oid: string;
      readonly signed: Uint8Array;
      readonly value: Uint8Array;
    }
  /** Of a certificate that is yet to be issued: who will sign it. */
  | { readonly kind: "symbolic"; readonly signer: string };

export interface SignatureAlgorithm {
  readonly name: string;
  readonly hash: "md5" | "sha1" | "sha256" | "sha384" | "sha512" | undefined;
  readonly key: "RSA" | "DSA" | "ECDSA" | "Ed25519";
  readonly pss: boolean;
}

export interface BasicConstraints {
  readonly isCA: boolean;
  /** How many intermediates may follow; undefined: any number. */
  readonly pathLength: number | undefined;
  readonly critical: boolean;
}

export type KeyUsage =
  | "digitalSignature"
  | "contentCommitment"
  | "keyEncipherment"
  | "dataEncipherment"
  | "keyAgreement"
  | "keyCertSign"
  | "cRLSign"
  | "encipherOnly"
  | "decipherOnly";

export interface Authority {
  readonly serial: bigint | undefined;
  /** The key of a distinguished name. */
  readonly issuer: string | undefined;
}

/** Subject alternative names. */
export interface Names {
  /** The DER of the extension, as a string to compare; undefined without one. */
  readonly key: string | undefined;
  readonly dns: readonly string[];
  readonly ip: readonly Uint8Array[];
  readonly uri: readonly UriName[];
  readonly email: readonly string[];
}

export interface UriName {
  readonly text: string;
  /** Host and port as Go's net/url gives them. */
  readonly host: string;
}

export interface NameConstraints {
  readonly critical: boolean;
  readonly permitted: Subtrees;
  readonly excluded: Subtrees;
}

interface Subtrees {
  readonly dns: readonly string[];
  readonly ip: readonly IpRange[];
  readonly email: readonly string[];
  readonly uri: readonly string[];
  /** Keys of distinguished names; Go does not check them. */
  readonly directory: readonly string[];
}

export interface IpRange {
  readonly ip: Uint8Array;
  readonly mask: Uint8Array;
}

/** Policy object identifiers are the hexadecimal of their DER contents. */
export interface Policies {
  readonly identifiers: readonly string[];
  readonly mappings: readonly PolicyMapping[];
  readonly requireExplicit: number | undefined;
  readonly inhibitMapping: number | undefined;
  readonly inhibitAny: number | undefined;
}

export interface PolicyMapping {
  readonly issuer: string;
  readonly subject: string;
}
