import { list, record, stringList, text, type Json, type JsonObject } from "../../model/json.ts";
import { isCa, issuerOf, secretNameOf } from "../../model/certmanager/certificate.ts";
import { versions } from "../../model/versions.ts";
import { makeObject, type KubeObject } from "../../model/object.ts";
import type { Certificate } from "../../pki/certificate/certificate.ts";
import { pemOf, presented } from "../certificates.ts";
import { asking, inventoryOf, objectIn, rewritten, withObjects, type World } from "../world.ts";
import { timeText } from "../time-text.ts";
import { rotatesKey, usesSha256KeyIds } from "./policy.ts";
import { renewalSpecOf, renewalTime } from "./renewal.ts";
import { toBeIssued, type KeyUse, type Request } from "./request.ts";
import { signerOf, type Signer } from "./signer.ts";

/** What came of an issuance. */
export type Issued =
  | { readonly world: World; readonly certificate: Certificate; readonly newKey: boolean }
  | { readonly failed: string };

/** Certificates that are known to be what an issuance will give, such as one that a later manifest carries. */
export type Foretold = (request: Request) => Certificate | undefined;

const nothingForetold: Foretold = () => undefined;

/**
 * cert-manager issues a Certificate at `now`: its Secret holds another certificate afterwards. `until` takes the place
 * of the duration that is asked for.
 */
export function issue(
  world: World,
  certificate: KubeObject,
  now: number,
  foretold: Foretold = nothingForetold,
  until?: number,
): Issued {
  const signer = signerOf(world, certificate);
  if (signer.type === "none") return { failed: signer.why };
  const secret = objectIn(world, "Secret", certificate.namespace, secretNameOf(certificate));
  const before = secret ? presented(secret, "tls.crt") : [];
  if (signer.type === "outside" && before.length === 0)
    return { failed: `what ${signer.what} issues is not known before it has` };
  const key = keyFor(world, certificate, before[0]);
  const by = signedBy(signer, before, secret);
  const request = requestOf(world, certificate, by, before[0], key, now);
  const asked = until === undefined ? request : { ...request, notAfter: until };
  const made = foretold(asked) ?? toBeIssued(asked);
  const { chain, ca } = chainOf(made, signer, before, secret);
  return {
    world: withObjects(world, [
      secretWith(certificate, secret, chain, ca),
      updated(certificate, made),
    ]),
    certificate: made,
    newKey: made.keyId !== before[0]?.keyId,
  };
}

function keyFor(world: World, certificate: KubeObject, before: Certificate | undefined): KeyUse {
  const rotates = rotatesKey(certificate, asking(inventoryOf(world))(versions).certManager);
  if (before && rotates.known && !rotates.value) return { kept: before };
  const name = `${certificate.namespace}/${secretNameOf(certificate)}`;
  // Which key a leaf has makes no difference to anybody: one name keeps states that are alike the same.
  if (!isCa(certificate)) return { made: name };
  const [, count = "0"] = /#(\d+)$/.exec(before?.keyId ?? "") ?? [];
  return { made: `${name}#${String(Number(count) + 1)}` };
}

function requestOf(
  world: World,
  certificate: KubeObject,
  signer: Request["signer"],
  before: Certificate | undefined,
  key: KeyUse,
  now: number,
): Request {
  const spec = certificate.raw["spec"];
  const { duration } = renewalSpecOf(certificate);
  const { certManager } = asking(inventoryOf(world))(versions);
  return {
    key,
    before,
    signer,
    commonName: text(spec, "commonName") ?? "",
    dnsNames: stringList(spec, "dnsNames"),
    isCa: isCa(certificate),
    usages: stringList(spec, "usages"),
    notBefore: now,
    notAfter: now + duration,
    keyIds: !certManager.known || usesSha256KeyIds(certManager.value) ? "sha256" : "sha1",
  };
}

function signedBy(
  signer: Signer,
  before: readonly Certificate[],
  secret: KubeObject | undefined,
): Request["signer"] {
  if (signer.type === "self") return "self";
  if (signer.type === "ca") return signer.chain[0] ?? "as before";
  const authority = before[1] ?? (secret && presented(secret, "ca.crt")[0]);
  return authority?.subject.key === before[0]?.issuer.key
    ? (authority ?? "as before")
    : "as before";
}

/** What goes into tls.crt and ca.crt (pkg/util/pki/parse_certificate_chain.go ParseSingleCertificateChain). */
function chainOf(
  made: Certificate,
  signer: Signer,
  before: readonly Certificate[],
  secret: KubeObject | undefined,
): { readonly chain: readonly Certificate[]; readonly ca: Certificate | undefined } {
  if (signer.type === "self") return { chain: [made], ca: made };
  if (signer.type !== "ca")
    return { chain: [made, ...before.slice(1)], ca: secret && presented(secret, "ca.crt")[0] };
  const pool = signer.top ? [...signer.chain, signer.top] : signer.chain;
  const above: Certificate[] = [];
  let below: Certificate | undefined = pool[0];
  while (below && !above.includes(below)) {
    const here: Certificate = below;
    above.push(here);
    below = isSelfIssued(here)
      ? undefined
      : pool.find((one) => one !== here && one.subject.key === here.issuer.key);
  }
  const top = above.at(-1);
  const sent = top && isSelfIssued(top) ? above.slice(0, -1) : above;
  return { chain: [made, ...sent], ca: top };
}

function isSelfIssued({ subject, issuer }: Certificate): boolean {
  return subject.key === issuer.key;
}

/** pkg/controller/certificates/issuing/internal/secret.go setValues; the private key is nobody's to know. */
function secretWith(
  certificate: KubeObject,
  secret: KubeObject | undefined,
  chain: readonly Certificate[],
  ca: Certificate | undefined,
): KubeObject {
  const { name, kind } = issuerOf(certificate);
  const before = record(secret?.raw, "metadata");
  const raw: JsonObject = {
    apiVersion: "v1",
    kind: "Secret",
    type: text(secret?.raw, "type") ?? "kubernetes.io/tls",
    metadata: {
      ...before,
      name: secretNameOf(certificate),
      namespace: certificate.namespace,
      annotations: {
        ...record(before, "annotations"),
        "cert-manager.io/certificate-name": certificate.name,
        "cert-manager.io/issuer-name": name,
        "cert-manager.io/issuer-kind": kind,
        "cert-manager.io/issuer-group": text(certificate.raw, "spec", "issuerRef", "group") ?? "",
      },
      labels: {
        ...record(before, "labels"),
        ...record(certificate.raw, "spec", "secretTemplate", "labels"),
      },
    },
    data: {
      ...record(secret?.raw, "data"),
      "tls.crt": encoded(chain),
      ...(ca && { "ca.crt": encoded([ca]) }),
      "tls.key": Buffer.from("REDACTED").toString("base64"),
    },
  };
  const made = makeObject("Secret", raw, certificate.provenance, certificate.namespace);
  return { ...made, uid: secret?.uid ?? certificate.uid };
}

function encoded(certificates: readonly Certificate[]): Json {
  return Buffer.from(pemOf(certificates)).toString("base64");
}

/** The Certificate with the status that its new certificate gives it. */
function updated(certificate: KubeObject, made: Certificate): KubeObject {
  const validity = { notBefore: made.notBefore.getTime(), notAfter: made.notAfter.getTime() };
  const renewal = renewalTime(validity, renewalSpecOf(certificate));
  const generation = record(certificate.raw, "metadata")["generation"] ?? 1;
  const others = list(certificate.raw, "status", "conditions").filter((condition) => {
    const type = text(condition, "type");
    return type !== "Ready" && type !== "Issuing";
  });
  const ready = {
    type: "Ready",
    status: "True",
    reason: "Ready",
    message: "Certificate is up to date and has not expired",
    lastTransitionTime: timeText(validity.notBefore),
    observedGeneration: generation,
  };
  const {
    lastFailureTime: _time,
    failedIssuanceAttempts: _count,
    ...status
  } = record(certificate.raw, "status");
  return rewritten(certificate, {
    ...certificate.raw,
    status: {
      ...status,
      conditions: [...others, ready],
      notBefore: timeText(validity.notBefore),
      notAfter: timeText(validity.notAfter),
      ...(renewal !== undefined && { renewalTime: timeText(renewal) }),
    },
  });
}
