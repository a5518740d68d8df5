import { isCa } from "../../model/certmanager/certificate.ts";
import { issuerType } from "../../model/certmanager/issuer.ts";
import { knativeConfig } from "../../model/knative/config.ts";
import { referenceOf } from "../../model/knative/cert-manager-config.ts";
import { known, unknown, type Known } from "../../model/known.ts";
import { nameOf, type KubeObject } from "../../model/object.ts";
import type { Certificate } from "../../pki/certificate/certificate.ts";
import { bringsFormerIntermediate } from "../../pki/verify/below.ts";
import { isSignedBy } from "../../pki/verify/signature.ts";
import { caSecretOf } from "../cert-manager/signer.ts";
import { presented } from "../certificates.ts";
import { routingSecretOf, trustBundleLabel } from "../holders.ts";
import { isKnatives, keyOf } from "../propagate.ts";
import { asking, inventoryOf, objectIn, objectsIn, secretOf, type World } from "../world.ts";

/** A certificate that Knative's own components present, and who signed it. */
export interface SignedLeaf {
  readonly certificate: KubeObject;
  readonly leaf: Certificate;
  /** What it presents behind the leaf. */
  readonly brought: readonly Certificate[];
  /** Undefined where no CA that is known here did. */
  readonly signer: Certificate | undefined;
}

/** A CA issuer and the CA that it signs with now. */
export interface CaIssuer {
  readonly issuer: KubeObject;
  readonly ca: Certificate;
}

/** Who signs, who is trusted and what is presented inside of Knative, all by the objects of one moment. */
export interface Estate {
  /** The issuer of systemInternalIssuerRef. */
  readonly live: CaIssuer;
  readonly leaves: readonly SignedLeaf[];
  /** CA issuers that no reference names and no CA is made by, oldest CA first. */
  readonly spare: readonly CaIssuer[];
  /** The CAs in labelled ConfigMaps of Serving's namespace. */
  readonly bundled: readonly Certificate[];
  /** The first certificate of ca.crt in routing-serving-certs. */
  readonly routingCa: Certificate | undefined;
}

/** `known(undefined)`: Knative's own certificates come from no CA issuer, so that there is no CA to rotate. */
export function estateOf(world: World): Known<Estate | undefined> {
  const config = asking(inventoryOf(world))(knativeConfig);
  if (!config.certManager.known) return config.certManager;
  const reference = referenceOf(config.certManager.value, "systemInternalIssuerRef");
  if (!reference.known) return reference;
  const { kind, name } = reference.value.target;
  const issuers = caIssuersOf(world);
  const live = issuers.find(({ issuer }) => issuer.kind === kind && issuer.name === name);
  if (!live) return withoutCa(world, kind, name);
  const bundled = bundledIn(world);
  const routing = routingSecretOf(world);
  const routingCa = routing && presented(routing, "ca.crt")[0];
  const cas = distinct([
    live.ca,
    ...issuers.map(({ ca }) => ca),
    ...bundled,
    ...objectsIn(world, "Secret").flatMap((secret) => presented(secret, "ca.crt").slice(0, 1)),
  ]);
  return {
    known: true,
    value: {
      live,
      leaves: leavesOf(world, cas),
      spare: spareOf(world, issuers, live),
      bundled,
      routingCa,
    },
  };
}

/** Most Secrets have the same CA in `ca.crt`. */
function distinct(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((one) => [one.fingerprint, one])).values()];
}

function withoutCa(world: World, kind: string, name: string): Known<undefined> {
  const issuer =
    kind === "Issuer" || kind === "ClusterIssuer"
      ? objectsIn(world, kind).find((one) => one.name === name)
      : undefined;
  const secret = issuer && issuerType(issuer) === "ca" ? caSecretOf(world, issuer) : undefined;
  return secret
    ? unknown(`the CA of ${kind} ${name}, Secret ${secret.namespace}/${secret.name}, is not known`)
    : known(undefined);
}

function caIssuersOf(world: World): readonly CaIssuer[] {
  return (["ClusterIssuer", "Issuer"] as const)
    .flatMap((kind) => objectsIn(world, kind))
    .flatMap((issuer) => {
      const ref = issuerType(issuer) === "ca" ? caSecretOf(world, issuer) : undefined;
      const secret = ref && objectIn(world, "Secret", ref.namespace, ref.name);
      const [ca] = secret ? presented(secret, "tls.crt") : [];
      return ca ? [{ issuer, ca }] : [];
    });
}

function bundledIn(world: World): readonly Certificate[] {
  const { serving } = world.origin.environment.namespaces;
  const seen = new Map<string, Certificate>();
  for (const map of objectsIn(world, "ConfigMap")) {
    if (map.namespace !== serving || !map.labels.has(trustBundleLabel)) continue;
    for (const key of keysOf(map))
      for (const one of presented(map, key)) seen.set(one.fingerprint, one);
  }
  return [...seen.values()];
}

function keysOf({ raw }: KubeObject): readonly string[] {
  return typeof raw["data"] === "object" && raw["data"] !== null ? Object.keys(raw["data"]) : [];
}

function leavesOf(world: World, cas: readonly Certificate[]): readonly SignedLeaf[] {
  return objectsIn(world, "Certificate").flatMap((certificate) => {
    if (!isKnatives(certificate) || keyOf(certificate) !== "systemInternalIssuerRef") return [];
    const secret = secretOf(world, certificate);
    const [leaf, ...brought] = secret ? presented(secret, "tls.crt") : [];
    return leaf ? [{ certificate, leaf, brought, signer: signerAmong(cas, leaf) }] : [];
  });
}

function signerAmong(cas: readonly Certificate[], leaf: Certificate): Certificate | undefined {
  return cas.find((ca) => ca.subject.key === leaf.issuer.key && isSignedBy(leaf, ca));
}

/** Issuers that a rotation may come from or go to: nobody uses them now. */
function spareOf(world: World, issuers: readonly CaIssuer[], live: CaIssuer): readonly CaIssuer[] {
  const config = asking(inventoryOf(world))(knativeConfig);
  const named = new Set(
    config.certManager.known
      ? config.certManager.value.references.map(({ target }) => `${target.kind}/${target.name}`)
      : [],
  );
  const makingCas = new Set(
    objectsIn(world, "Certificate")
      .filter(isCa)
      .map(({ raw }) => JSON.stringify(raw["spec"])),
  );
  return issuers
    .filter(
      ({ issuer, ca }) =>
        !named.has(`${issuer.kind}/${issuer.name}`) &&
        ca.fingerprint !== live.ca.fingerprint &&
        ![...makingCas].some((spec) => spec.includes(`"name":"${issuer.name}"`)),
    )
    .toSorted((a, b) => a.ca.notBefore.getTime() - b.ca.notBefore.getTime());
}

export function has(certificates: readonly Certificate[], one: Certificate): boolean {
  return certificates.some(({ fingerprint }) => fingerprint === one.fingerprint);
}

/** The leaves that another CA signed than the one that their issuer has now, where that makes a difference. */
export function behind(estate: Estate): readonly SignedLeaf[] {
  const late = behindIn.get(estate) ?? leftBehind(estate);
  behindIn.set(estate, late);
  return late;
}

const behindIn = new WeakMap<Estate, readonly SignedLeaf[]>();

function leftBehind({ leaves, live, bundled, routingCa }: Estate): readonly SignedLeaf[] {
  const trusted = routingCa ? [...bundled, routingCa] : bundled;
  const isAboveTrusted = trusted.some(
    (one) => one.subject.key === live.ca.issuer.key && isSignedBy(live.ca, one),
  );
  return leaves.filter(
    ({ leaf, brought }) =>
      !isSignedBy(leaf, live.ca) &&
      !(isAboveTrusted && bringsFormerIntermediate([leaf, ...brought], live.ca)),
  );
}

export function namesOf(leaves: readonly SignedLeaf[]): readonly string[] {
  return leaves.map(({ certificate }) => nameOf(certificate));
}
