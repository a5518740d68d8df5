import { isObject, record, text, type Json, type JsonObject } from "../model/json.ts";
import { redacted } from "../model/object.ts";

const redactedBase64 = Buffer.from(redacted).toString("base64");
/** Keys whose values are certificates by convention; everything else in a Secret is somebody's secret. */
const certificateKeys = /^(?:tls\.crt|ca\.crt|.*\.(?:crt|pem|cer))$/;
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** The object without private keys and other secret values: which keys a Secret has stays visible, their values do not. */
export function withoutSecrets(kind: string, object: JsonObject, withKeys = false): JsonObject {
  if (kind !== "Secret") return object;
  const clean: Record<string, Json> = { ...object };
  for (const [field, mark, decode] of [
    ["data", redactedBase64, (value: string) => Buffer.from(value, "base64").toString("latin1")],
    ["stringData", redacted, (value: string) => value],
  ] as const) {
    if (isObject(object[field]))
      clean[field] = redactEntries(record(object, field), mark, decode, withKeys);
  }
  return withoutLastApplied(clean);
}

/** Certificates are, and private keys where the user asked for them. */
function isWanted(key: string, value: () => string, withKeys: boolean): boolean {
  const certificate = certificateKeys.test(key);
  if (!certificate && !withKeys) return false;
  return privateKey.test(value()) ? withKeys : certificate;
}

function redactEntries(
  entries: JsonObject,
  mark: string,
  decode: (value: string) => string,
  withKeys: boolean,
): JsonObject {
  return Object.fromEntries(
    Object.entries(entries).map(([key, value]) => {
      const secret =
        typeof value === "string" && value !== "" && !isWanted(key, () => decode(value), withKeys);
      return [key, secret ? mark : value];
    }),
  );
}

/** kubectl keeps a whole copy of what was applied in an annotation: which keys it had stays visible. */
function withoutLastApplied(object: JsonObject): JsonObject {
  const annotation = "kubectl.kubernetes.io/last-applied-configuration";
  const metadata = record(object, "metadata");
  const annotations = record(metadata, "annotations");
  if (!Object.hasOwn(annotations, annotation)) return object;
  const clean = redactedCopy(text(annotations, annotation) ?? "");
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...annotations, [annotation]: clean } },
  };
}

function redactedCopy(copy: string): string {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JSON.parse gives is Json
    const applied = JSON.parse(copy) as Json;
    return isObject(applied) ? JSON.stringify(withoutSecrets("Secret", applied)) : redacted;
  } catch {
    return redacted;
  }
}
