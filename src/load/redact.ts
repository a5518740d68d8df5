import { isObject, record, text, type Json, type JsonObject } from "../model/json.ts";
import { redacted } from "../model/object.ts";

const redactedBase64 = Buffer.from(redacted).toString("base64");
/** Keys whose values are certificates by convention; everything else in a Secret is somebody's secret. */
const certificateKeys = /^(?:tls\.crt|ca\.crt|.*\.(?:crt|pem|cer))$/;
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

interface Field {
  readonly name: "data" | "stringData";
  readonly mark: string;
  readonly decode: (value: string) => string;
  readonly encode: (plain: string) => string;
}

const fields: readonly Field[] = [
  {
    name: "data",
    mark: redactedBase64,
    decode: (value) => Buffer.from(value, "base64").toString("latin1"),
    encode: (plain) => Buffer.from(plain, "latin1").toString("base64"),
  },
  { name: "stringData", mark: redacted, decode: (value) => value, encode: (plain) => plain },
];

/** The object without private keys and other secret values: which keys a Secret has stays visible, their values do not. */
export function withoutSecrets(kind: string, object: JsonObject, withKeys = false): JsonObject {
  if (kind !== "Secret") return object;
  const clean: Record<string, Json> = { ...object };
  for (const field of fields) {
    const entries = object[field.name];
    if (isObject(entries)) clean[field.name] = redactEntries(entries, field, withKeys);
  }
  return withoutLastApplied(clean);
}

function redactEntries(
  entries: JsonObject,
  { mark, decode, encode }: Field,
  withKeys: boolean,
): JsonObject {
  return Object.fromEntries(
    Object.entries(entries).map(([key, value]) => {
      if (typeof value !== "string" || value === "") return [key, value];
      if (!certificateKeys.test(key)) {
        const wanted = withKeys && privateKey.test(decode(value));
        return [key, wanted ? value : mark];
      }
      // A key that was blanked while it was read keeps its length.
      if (value.trim() === mark) return [key, mark];
      const pem = decode(value);
      return [key, withKeys || !privateKey.test(pem) ? value : encode(withoutKeys(pem))];
    }),
  );
}

/** Private keys beside certificates, blanked so that every reader of PEM finds the blocks that it found before. */
function withoutKeys(pem: string): string {
  return pem
    .split(/(?=-----(?:BEGIN|END) )/)
    .map((part) => {
      const marker = privateKey.exec(part)?.[0];
      if (marker === undefined) return part;
      return marker + part.slice(marker.length).replaceAll(/[A-Za-z0-9+/]/g, "A");
    })
    .join("");
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
