import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { list, record, text, type Json, type JsonObject } from "../../src/model/json.ts";
import { everyKind } from "../../src/model/kinds.ts";
import { ca, leaf, type Issued } from "./pki/issue.ts";

const recorded = "test/fixtures/recordings/01-healthy";
const namespace = /(?<![a-z0-9])shop(?![a-z0-9])/g;
const uid = /\b([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{7})[0-9a-f]{5}\b/g;
const life = { from: "2026-11-23T23:52:18Z", until: "2027-02-21T23:52:18Z" };

const past = { from: "2026-08-01T00:00:00Z", until: "2026-10-30T00:00:00Z" };
const collectedAt = "2026-11-24T12:00:00.000Z";

/**
 * A snapshot of the recorded cluster with so many copies of its namespace shop, certificates and all, issued by one CA.
 * In one namespace of 500 a stranger has signed what is presented; in one of 250 it has
 * expired.
 */
export function largeSnapshot(namespaces: number): string {
  const objects = recordedObjects();
  const authority = ca({
    subject: "knative-ca",
    key: "large",
    from: life.from,
    until: "2036-11-20T00:00:00Z",
  });
  const stranger = ca({
    subject: "stranger",
    key: "stranger",
    from: life.from,
    until: "2036-11-20T00:00:00Z",
  });
  const shop = objects.filter((one) => spaceOf(one) === "shop" && matters(one));
  const rest = objects.filter((one) => spaceOf(one) !== "shop" && spaceOf(one) !== "bank");
  const renewed = withCertificates(rest, authority);
  const copies = Array.from({ length: namespaces }, (_, i) => {
    const copy = copyOf(shop, i);
    return withCertificates(
      copy,
      i % 500 === 499 ? stranger : authority,
      i % 250 === 100 ? past : life,
    );
  });
  return snapshotOf([...renewed, ...copies.flat()], pemOfRecorded(objects), authority);
}

function recordedObjects(): readonly JsonObject[] {
  const json = gunzipSync(readFileSync(`${recorded}/objects.json.gz`)).toString("utf8");
  const all = JSON.parse(json) as Json;
  return list(all, "items").flatMap((one) =>
    typeof one === "object" && one !== null && !Array.isArray(one) ? [one as JsonObject] : [],
  );
}

function spaceOf(object: JsonObject): string {
  const isNamespace = text(object, "kind") === "Namespace";
  return text(object, "metadata", isNamespace ? "name" : "namespace") ?? "";
}

/** What is made of others and says nothing of its own. */
function matters(object: JsonObject): boolean {
  return !["CertificateRequest", "Ingress", "Configuration", "Revision", "Deployment"].includes(
    text(object, "kind") ?? "",
  );
}

function copyOf(objects: readonly JsonObject[], index: number): readonly JsonObject[] {
  const name = `team-${String(index).padStart(4, "0")}`;
  const end = index.toString(16).padStart(5, "0");
  const json = JSON.stringify(objects).replaceAll(namespace, name).replaceAll(uid, `$1${end}`);
  return JSON.parse(json) as readonly JsonObject[];
}

function isCertificate(object: JsonObject): boolean {
  return (
    text(object, "kind") === "Certificate" && text(object, "apiVersion") === "cert-manager.io/v1"
  );
}

/** With new certificates in the Secrets that Certificates write, as nobody has the keys of the recorded ones. */
function withCertificates(
  objects: readonly JsonObject[],
  signer: Issued,
  time = life,
): readonly JsonObject[] {
  const wanted = new Map(
    objects
      .filter(isCertificate)
      .map((one) => [
        `${spaceOf(one)}/${text(one, "spec", "secretName") ?? ""}`,
        list(one, "spec", "dnsNames").filter((name) => typeof name === "string"),
      ]),
  );
  return objects.map((one) => {
    const name = text(one, "metadata", "name") ?? "";
    const dns = wanted.get(`${spaceOf(one)}/${name}`);
    if (text(one, "kind") !== "Secret" || !dns) return one;
    const isCa = dns.length === 0;
    const pem = isCa ? signer.pem : leaf(signer, { dns, key: "large leaf", ...time }).pem;
    return {
      ...one,
      data: { ...record(one, "data"), "tls.crt": base64(pem), "ca.crt": base64(signer.pem) },
    };
  });
}

function pemOfRecorded(objects: readonly JsonObject[]): string {
  const secret = objects.find(
    (one) => text(one, "kind") === "Secret" && text(one, "metadata", "name") === "knative-ca",
  );
  return Buffer.from(text(secret, "data", "tls.crt") ?? "", "base64").toString("utf8");
}

/** The recorded CA gives way to the new one wherever it is trusted. */
function snapshotOf(objects: readonly JsonObject[], before: string, { pem }: Issued): string {
  const complete = { knowledge: { state: "complete" }, inNamespace: {}, unread: {} };
  const head = {
    version: 1,
    kind: "snapshot",
    collectedAt,
    tool: "test",
    clusters: [
      {
        name: "large",
        serverVersion: null,
        kinds: Object.fromEntries(everyKind.map((kind) => [kind, complete])),
      },
    ],
  };
  const lines = objects
    .map(withManager)
    .map((one) => JSON.stringify(one))
    .join(",\n")
    .replaceAll(inJson(before), inJson(pem));
  return `${JSON.stringify(head).slice(0, -3)},"objects":[\n${lines}]}]}\n`;
}

/** As a cluster has them and the recordings have not. */
function withManager(object: JsonObject): JsonObject {
  const apiVersion = text(object, "apiVersion") ?? "";
  const owner = {
    manager: "controller",
    operation: "Update",
    apiVersion,
    fieldsType: "FieldsV1",
    fieldsV1: {},
  };
  return { ...object, metadata: { ...record(object, "metadata"), managedFields: [owner] } };
}

/** As it stands inside a string of JSON. */
function inJson(value: string): string {
  return JSON.stringify(value.trim()).slice(1, -1);
}

function base64(value: string): string {
  return Buffer.from(value).toString("base64");
}
