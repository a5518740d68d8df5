import type { Inventory } from "../../src/model/inventory.ts";
import { makeInventory } from "../../src/model/inventory.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { everyKind } from "../../src/model/kinds.ts";
import { makeObject, type KubeObject } from "../../src/model/object.ts";
import type { Certificate } from "../../src/pki/certificate/certificate.ts";
import { encodeName } from "../../src/pki/certificate/encode.ts";
import { nameBytes, symbolicCertificate, symbolicKey } from "../../src/pki/certificate/symbolic.ts";
import { pemOf, presented } from "../../src/time/certificates.ts";

export interface Spread {
  readonly namespaces: number;
  /** How far apart the leaves were issued, in milliseconds; 0: all at once. */
  readonly over: number;
}

/**
 * A world with so many copies of namespace shop; serving-certs of each is signed by the CA of the recording, by name of
 * its key, as nobody has the key itself.
 */
export function manyNamespaces(inventory: Inventory, { namespaces, over }: Spread): Inventory {
  const secret = inventory.find("Secret", "cert-manager", "knative-ca");
  const [ca] = secret ? presented(secret, "tls.crt") : [];
  if (!ca) throw new Error("no CA");
  const all = everyKind.flatMap((kind) => inventory.all(kind));
  const shop = all.filter((one) => spaceOf(one) === "shop" && matters(one));
  const rest = all.filter((one) => spaceOf(one) !== "shop" && spaceOf(one) !== "bank");
  const copies = Array.from({ length: namespaces }, (_, i) => {
    const name = `ns-${String(i).padStart(5, "0")}`;
    const age = namespaces < 2 ? 0 : Math.floor((over * i) / namespaces / 1000) * 1000;
    return shop.map((one) => copied(one, name, ca, age));
  });
  return makeInventory({
    world: inventory.world,
    environment: inventory.environment,
    objects: [...rest, ...copies.flat()],
    knowledge: (kind, namespace) => inventory.knowledge(kind, namespace),
  });
}

function matters({ kind, name }: KubeObject): boolean {
  if (kind === "CertificateRequest" || kind === "KIngress" || kind === "Service") return false;
  return kind !== "ConfigMap" || name !== "knative-trust";
}

function spaceOf({ kind, name, namespace }: KubeObject): string {
  return kind === "Namespace" ? name : namespace;
}

function copied(one: KubeObject, namespace: string, ca: Certificate, age: number): KubeObject {
  const raw = renamed(one.raw, namespace) as JsonObject;
  const isLeaf = one.kind === "Secret" && one.name === "serving-certs";
  const content = isLeaf ? { ...raw, data: leafData(one, namespace, ca, age) } : raw;
  return makeObject(one.kind, content, one.provenance, one.kind === "Namespace" ? "" : namespace);
}

function renamed(value: Json, namespace: string): Json {
  if (typeof value === "string")
    return value.replaceAll(/(?<![a-z0-9])shop(?![a-z0-9])/g, namespace);
  if (Array.isArray(value)) return value.map((one: Json) => renamed(one, namespace));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      key === "uid" && typeof one === "string" ? `${one}-${namespace}` : renamed(one, namespace),
    ]),
  );
}

function leafData(one: KubeObject, namespace: string, ca: Certificate, age: number): JsonObject {
  const [leaf] = presented(one, "tls.crt");
  if (!leaf) throw new Error("no leaf");
  const name = `kn-user-${namespace}`;
  const made = symbolicCertificate(
    {
      subject: encodeName([["CN", name]]),
      issuer: nameBytes(ca.subject),
      serial: 1n,
      notBefore: new Date(leaf.notBefore.getTime() - age),
      notAfter: new Date(leaf.notAfter.getTime() - age),
      basicConstraints: { isCA: false },
      keyUsage: ["digitalSignature", "keyEncipherment"],
      ...(ca.subjectKeyId !== undefined && { authorityKeyId: ca.subjectKeyId }),
      dns: [name, "data-plane.knative.dev"],
    },
    symbolicKey(name),
    ca.keyId,
  );
  return {
    "tls.crt": encode(made),
    "ca.crt": encode(ca),
    "tls.key": Buffer.from("REDACTED").toString("base64"),
  };
}

function encode(certificate: Certificate): string {
  return Buffer.from(pemOf([certificate])).toString("base64");
}
