import { isObject, list, record, text, type Json, type JsonObject } from "../../model/json.ts";
import type { Kind } from "../../model/kinds.ts";

/**
 * An object without the parts that are large and that nothing looks at: field owners, schemas of definitions, what was
 * sent and signed in requests for certificates.
 */
export function trimmed(kind: Kind, raw: JsonObject): JsonObject {
  const { managedFields, ...metadata } = record(raw, "metadata");
  const owners = hasContestedData(kind, raw) ? ownersOfData(managedFields) : undefined;
  const lean =
    managedFields === undefined
      ? raw
      : { ...raw, metadata: { ...metadata, ...(owners && { managedFields: owners }) } };
  if (kind === "CertificateRequest") return withoutContent(lean);
  if (kind !== "CustomResourceDefinition") return lean;
  const versions = list(raw, "spec", "versions").map((version): Json => {
    if (!isObject(version)) return version;
    const { schema: _schema, ...rest } = version;
    return rest;
  });
  return { ...lean, spec: { ...record(raw, "spec"), versions } };
}

/** The Secret holds the certificates; what was asked for stands in the Certificate. */
function withoutContent(request: JsonObject): JsonObject {
  const { request: _request, ...spec } = record(request, "spec");
  const { certificate: _certificate, ca: _ca, ...status } = record(request, "status");
  return { ...request, spec, ...(request["status"] !== undefined && { status }) };
}

/** Who wrote which key is of interest in Secrets, and in ConfigMaps that settings or bundles are in. */
function hasContestedData(kind: Kind, raw: JsonObject): boolean {
  if (kind === "Secret") return true;
  if (kind !== "ConfigMap") return false;
  const name = text(raw, "metadata", "name") ?? "";
  const labels = record(raw, "metadata", "labels");
  return name.startsWith("config-") || Object.hasOwn(labels, "trust.cert-manager.io/bundle");
}

/** One for all: there are several in every Secret. */
const empty: JsonObject = {};

/** The field owners, with nothing but the keys of `data`. */
function ownersOfData(managedFields: Json | undefined): Json {
  return list(managedFields).map((entry): Json => {
    const data = record(entry, "fieldsV1", "f:data");
    const keys = Object.fromEntries(Object.keys(data).map((key) => [key, empty]));
    return { ...record(entry), fieldsV1: { "f:data": keys } };
  });
}
