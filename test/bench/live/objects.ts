import { isObject, record, text, type Json, type JsonObject } from "../../../src/model/json.ts";
import { kindOf } from "../../../src/model/kinds.ts";
import type { KubeObject } from "../../e2e/api.ts";
import { recorded } from "../../e2e/recorded.ts";
import { ca, leaf } from "../../support/pki/issue.ts";

/** What stands in for the CA of the recording, whose key nobody has. */
const authority = ca({
  subject: "knative-ca",
  key: "bench ca",
  from: "2026-11-23T00:00:00Z",
  until: "2036-11-23T00:00:00Z",
});

const everything = recorded("01-healthy").filter(
  ({ apiVersion, kind }) =>
    kind !== "CustomResourceDefinition" && kindOf(apiVersion, kind) !== undefined,
);

/**
 * The cluster of recording 01 with so many namespaces instead of its two: copies of "shop", whose service has a tag and
 * so five certificates, and of "bank", which has three. Each certificate has a key of its own, and the bench's CA signs.
 */
export function* objects(namespaces: number): Generator<JsonObject> {
  const within = (space: string) => everything.filter((one) => spaceOf(one) === space);
  const rest = everything.filter((one) => !["shop", "bank"].includes(spaceOf(one)));
  yield* written(rest, ofOurCa);
  for (let i = 0; i < namespaces; i++) {
    const space = i % 2 === 0 ? "shop" : "bank";
    yield* copies(within(space), space, i);
  }
}

function spaceOf({ kind, metadata }: KubeObject): string {
  return kind === "Namespace" ? metadata.name : (metadata.namespace ?? "");
}

/** Deployments of revisions are not read, so they are left out. */
function* copies(
  originals: readonly KubeObject[],
  from: string,
  index: number,
): Generator<JsonObject> {
  const kept = originals.filter(({ kind }) => kind !== "Deployment");
  const uids = kept.flatMap(({ metadata: { uid } }) => uid ?? []);
  const word = new RegExp(`(?<![A-Za-z0-9+/])${from}(?![A-Za-z0-9+/=])`, "g");
  const to = `team-${String(index).padStart(5, "0")}`;
  yield* written(kept, (before) =>
    uids.reduce(
      (all, uid) => all.replaceAll(uid, uid.slice(0, -12) + String(index).padStart(12, "0")),
      ofOurCa(before).replaceAll(word, to),
    ),
  );
}

/** The objects with their texts changed, and with leaves that our CA signed. */
function* written(
  originals: readonly KubeObject[],
  changed: (before: string) => string,
): Generator<JsonObject> {
  const leaves = new Map(
    originals
      .filter(
        ({ kind, metadata: { annotations = {} } }) =>
          kind === "Secret" && altNames in annotations && annotations[altNames] !== "",
      )
      .map((secret) => [secret.data?.["tls.crt"] ?? "", issuedFor(secret, changed)]),
  );
  for (const original of originals) {
    let after = changed(JSON.stringify(original));
    for (const [old, issued] of leaves) after = after.replaceAll(old, issued);
    yield stored(JSON.parse(after) as JsonObject);
  }
}

const altNames = "cert-manager.io/alt-names";

/** A new leaf for the names that cert-manager has noted at the Secret, in base64 of PEM. */
function issuedFor({ metadata }: KubeObject, mine: (before: string) => string): string {
  const subject = mine(metadata.annotations?.["cert-manager.io/common-name"] ?? "");
  const names = mine(metadata.annotations?.[altNames] ?? "").split(",");
  const from = "2026-11-23T23:52:18Z";
  const until = "2027-02-21T23:52:18Z";
  const key = mine(`${metadata.namespace ?? ""}/${metadata.name}`);
  const issued = leaf(authority, {
    subject,
    dns: names,
    from,
    until,
    key,
  });
  return base64(issued.pem);
}

const theirCa = caOf(everything);

function caOf(all: readonly KubeObject[]): string {
  const secret = all.find(
    ({ kind, metadata }) => kind === "Secret" && metadata.name === "knative-ca",
  );
  const encoded = secret?.data?.["tls.crt"];
  if (encoded === undefined) throw new Error("the recording has no CA");
  return encoded;
}

/** PEM as it stands in JSON. */
function inside(pem: string): string {
  return JSON.stringify(pem.trim()).slice(1, -1);
}

/** As PEM inside of a text and as base64. */
function ofOurCa(before: string): string {
  const theirs = Buffer.from(theirCa, "base64").toString("utf8");
  return before
    .replaceAll(theirCa, base64(authority.pem))
    .replaceAll(inside(theirs), inside(authority.pem));
}

function base64(value: string): string {
  return Buffer.from(value).toString("base64");
}

/** As it lies in etcd: without a version, and with the owners of its fields, which are a third of an object. */
function stored(object: JsonObject): JsonObject {
  const { resourceVersion: _version, ...metadata } = record(object, "metadata");
  const managedFields = [
    {
      manager: "controller",
      operation: "Update",
      apiVersion: text(object, "apiVersion") ?? "",
      time: text(metadata, "creationTimestamp") ?? "",
      fieldsType: "FieldsV1",
      fieldsV1: fieldsOf({ metadata: { labels: {}, ...labelsOf(metadata) }, ...content(object) }),
    },
  ];
  return { ...object, metadata: { ...metadata, managedFields } };
}

function labelsOf(metadata: JsonObject): JsonObject {
  return { labels: record(metadata, "labels"), annotations: record(metadata, "annotations") };
}

function content(object: JsonObject): JsonObject {
  const { apiVersion: _a, kind: _k, metadata: _m, ...rest } = object;
  return rest;
}

function fieldsOf(value: Json): JsonObject {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [`f:${key}`, fieldsOf(entry)]),
  );
}
