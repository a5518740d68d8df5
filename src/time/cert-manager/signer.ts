import { text } from "../../model/json.ts";
import { issuerOf } from "../../model/certmanager/certificate.ts";
import { isIssuerKind, isOwnGroup, issuerType } from "../../model/certmanager/issuer.ts";
import { resourceNamespace } from "../../model/certmanager/resource-namespace.ts";
import { nameOf, type KubeObject } from "../../model/object.ts";
import type { Certificate } from "../../pki/certificate/certificate.ts";
import { presented } from "../certificates.ts";
import { asking, inventoryOf, objectIn, type World } from "../world.ts";

/** Who would sign a Certificate now. */
export type Signer =
  /** A CA issuer: what its Secret holds, the signing certificate first, and the first certificate of its ca.crt. */
  | {
      readonly type: "ca";
      readonly chain: readonly Certificate[];
      readonly top: Certificate | undefined;
    }
  | { readonly type: "self" }
  /** Outside of what objects show; it signs as it did before. */
  | { readonly type: "outside"; readonly what: string }
  | { readonly type: "none"; readonly why: string };

export function signerOf(world: World, certificate: KubeObject): Signer {
  const { kind, name, group } = issuerOf(certificate);
  if (!isOwnGroup(group)) return { type: "outside", what: `${kind} ${name} of ${group}` };
  if (!isIssuerKind(kind)) return { type: "none", why: `there is no issuer kind ${kind}` };
  const issuer = objectIn(world, kind, kind === "Issuer" ? certificate.namespace : "", name);
  if (!issuer) return { type: "none", why: `${kind} ${name} does not exist` };
  const type = issuerType(issuer);
  if (type === "selfSigned") return { type: "self" };
  return type === "ca" ? caOf(world, issuer) : { type: "outside", what: nameOf(issuer) };
}

/** The Secret that a CA issuer signs with; undefined for other issuers. */
export function caSecretOf(
  world: World,
  issuer: KubeObject,
): { readonly namespace: string; readonly name: string } | undefined {
  const name = text(issuer.raw, "spec", "ca", "secretName");
  if (name === undefined) return undefined;
  const namespace =
    issuer.kind === "Issuer"
      ? issuer.namespace
      : asking(inventoryOf(world))(resourceNamespace).name;
  return { namespace, name };
}

/** pkg/controller/certificaterequests/ca/ca.go: the first certificate of tls.crt signs, whatever else is there. */
function caOf(world: World, issuer: KubeObject): Signer {
  const ref = caSecretOf(world, issuer);
  const secret = ref && objectIn(world, "Secret", ref.namespace, ref.name);
  if (!secret) return { type: "none", why: `${nameOf(issuer)} has no CA Secret` };
  const chain = presented(secret, "tls.crt");
  const [first] = chain;
  if (!first) return { type: "none", why: `${nameOf(secret)} holds no certificate in tls.crt` };
  if (first.basicConstraints?.isCA !== true)
    return { type: "none", why: `the certificate in ${nameOf(secret)} is no CA` };
  return { type: "ca", chain, top: presented(secret, "ca.crt")[0] };
}
