import { issuerNameOf } from "../model/certmanager/authorities.ts";
import { defineFact, type Ask, type Source } from "../model/fact.ts";
import type { Demand } from "../model/knative/demand.ts";
import { demands } from "../model/knative/demands.ts";
import { issuerUses, type IssuerUse } from "../model/knative/issuer-use.ts";
import type { Known } from "../model/known.ts";
import { nameOf, observed, type KubeObject, type ObjectRef } from "../model/object.ts";
import type { Place } from "../model/place.ts";
import type { Certificate } from "../pki/certificate/certificate.ts";
import { certificatesIn } from "./secret-certificates.ts";

/** A certificate that Knative asked of an issuer, as it lies in its Secret. */
export interface SignedLeaf extends ObjectRef {
  readonly certificate: Certificate;
  /** It, and what stands behind it in its Secret. */
  readonly chain: readonly Certificate[];
  readonly place: Place;
  readonly secret: KubeObject;
  /** The Certificate that writes the Secret. */
  readonly maker: KubeObject | undefined;
}

/** By the issuer that fills the Secrets, as the Certificates name it, else as config-certmanager does. */
export const signedLeaves = defineFact<Known<ReadonlyMap<string, readonly SignedLeaf[]>>>({
  name: "signedLeaves",
  reads: ["Certificate", "Secret"],
  from: [demands, issuerUses],
  derive: (source, ask) => {
    const wanted = ask(demands);
    if (!wanted.known) return wanted;
    const byIssuer = new Map<string, SignedLeaf[]>();
    for (const demand of wanted.value.list) {
      const asked = askedSecret(demand, source);
      if (!asked) continue;
      const { secret, maker } = asked;
      const signer = signerOf(demand, maker, ask);
      if (!signer.known) return signer;
      const leaf = secret && leafIn(secret, maker);
      if (!leaf || signer.value === undefined) continue;
      const mine = byIssuer.get(signer.value);
      if (mine) mine.push(leaf);
      else byIssuer.set(signer.value, [leaf]);
    }
    return { known: true, value: byIssuer };
  },
});

/**
 * What a demand has asked for, where it can be there already: in manifests alone, and for objects that are only
 * written, Secrets are still to be made, unless the input holds them.
 */
function askedSecret({ namespace, name, owner }: Demand, source: Source) {
  if (name === undefined) return undefined;
  const secret = source.find("Secret", namespace, name);
  const isMade = source.hasObserved && (owner === undefined || observed(owner));
  return isMade || secret
    ? { secret, maker: source.find("Certificate", namespace, name) }
    : undefined;
}

function signerOf(
  { issuerKey, namespace }: Demand,
  maker: KubeObject | undefined,
  ask: Ask,
): Known<string | undefined> {
  if (maker) return { known: true, value: issuerNameOf(maker) };
  const uses: Known<readonly IssuerUse[]> = ask(issuerUses);
  if (!uses.known) return uses;
  const use = uses.value.find(({ references }) =>
    references.some(({ reference }) => reference.key === issuerKey),
  );
  if (!use) return { known: true, value: undefined };
  const { kind, name } = use.target;
  const value = nameOf({ kind, name, namespace: kind === "Issuer" ? namespace : "" });
  return { known: true, value };
}

const leaves = new WeakMap<KubeObject, SignedLeaf>();

/** The same leaf while its Secret and its Certificate stay the same. */
function leafIn(secret: KubeObject, maker: KubeObject | undefined): SignedLeaf | undefined {
  const known = leaves.get(secret);
  if (known && known.maker === maker) return known;
  const reading = certificatesIn(secret, "tls.crt");
  const read = reading.state === "read" ? reading.certificates : [];
  const [leaf] = read;
  if (!leaf) return undefined;
  const { namespace, name } = secret;
  const chain = read.map(({ certificate }) => certificate);
  const made: SignedLeaf = { kind: "Secret", namespace, name, ...leaf, chain, secret, maker };
  leaves.set(secret, made);
  return made;
}
