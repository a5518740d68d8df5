import { issuerNameOf, type Authority } from "../model/certmanager/authorities.ts";
import type { IssuerUse } from "../model/knative/issuer-use.ts";
import { nameOf, type ObjectRef } from "../model/object.ts";
import type { Place } from "../model/place.ts";
import type { Certificate } from "../pki/certificate/certificate.ts";
import { certificatesIn } from "../trust/secret-certificates.ts";
import type { Topic } from "./finding.ts";
import type { View } from "./rule.ts";
import { askedSecrets } from "./secret-certificates.ts";

/** A certificate that Knative asked of a CA issuer, as it lies in its Secret. */
export interface SignedLeaf extends ObjectRef {
  readonly certificate: Certificate;
  /** It, and what stands behind it in its Secret. */
  readonly chain: readonly Certificate[];
  readonly place: Place;
}

type Seen = View<"demands" | "issuerUses" | "Certificate" | "Secret">;

/** What lies in the Secrets that this issuer fills, by the Certificates there are, else by config-certmanager. */
export function* leavesOf({ issuer }: Authority, view: Seen): Iterable<SignedLeaf> {
  for (const { demand, ...ref } of askedSecrets(view)) {
    const certificate = view.find("Certificate", ref.namespace, ref.name);
    const signer = certificate
      ? issuerNameOf(certificate)
      : issuerFor(demand.issuerKey, ref.namespace, view);
    if (signer !== nameOf(issuer)) continue;
    const secret = view.find("Secret", ref.namespace, ref.name);
    const reading = secret && certificatesIn(secret, "tls.crt");
    const read = reading?.state === "read" ? reading.certificates : [];
    const [leaf] = read;
    if (leaf) yield { ...ref, ...leaf, chain: read.map((one) => one.certificate) };
  }
}

/** The Secrets that hold what this issuer has signed, for faults that spoil all of it. */
export function secretsBelow(authority: Authority, view: Seen): readonly Topic[] {
  if (!view.fact("demands").known || !view.fact("issuerUses").known) return [];
  return [...leavesOf(authority, view)].map(nameOf);
}

function issuerFor(key: string, namespace: string, view: View<"issuerUses">): string | undefined {
  const uses: readonly IssuerUse[] = view.need(view.fact("issuerUses"));
  const use = uses.find(({ references }) =>
    references.some(({ reference }) => reference.key === key),
  );
  if (!use) return undefined;
  const { kind, name } = use.target;
  return nameOf({ kind, name, namespace: kind === "Issuer" ? namespace : "" });
}
