import type { JsonObject } from "../../json.ts";
import { nearest } from "../../near.ts";
import { typeProblem, type JsonType, type SpecProblem } from "../../spec-problem.ts";

/** The fields of a v1 spec and their types (pkg/apis/certmanager/v1/types_certificate.go CertificateSpec). */
const fields: Readonly<Record<string, JsonType>> = {
  additionalOutputFormats: "list",
  commonName: "string",
  dnsNames: "list",
  duration: "string",
  emailAddresses: "list",
  encodeUsagesInRequest: "boolean",
  ipAddresses: "list",
  isCA: "boolean",
  issuerRef: "object",
  keystores: "object",
  literalSubject: "string",
  nameConstraints: "object",
  otherNames: "list",
  privateKey: "object",
  renewal: "object",
  renewBefore: "string",
  renewBeforePercentage: "integer",
  revisionHistoryLimit: "integer",
  secretName: "string",
  secretTemplate: "object",
  signatureAlgorithm: "string",
  subject: "object",
  uris: "list",
  usages: "list",
};

/** Fields of versions before v1, and what took their place. */
const oldFields: Readonly<Record<string, string>> = {
  emailSANs: "emailAddresses",
  keyAlgorithm: "privateKey.algorithm",
  keyEncoding: "privateKey.encoding",
  keySize: "privateKey.size",
  organization: "subject.organizations",
  uriSANs: "uris",
};

/** Fields that v1 does not have, and values of the wrong type. */
export function* shape(spec: JsonObject): Iterable<SpecProblem> {
  for (const [key, value] of Object.entries(spec)) {
    const type = fields[key];
    const now = oldFields[key];
    if (type === undefined) {
      const meant = now ?? nearest(key, Object.keys(fields));
      const suggestion =
        meant === undefined
          ? ""
          : now === undefined
            ? `; did you mean ${meant}?`
            : `; since v1 it is ${meant}`;
      yield { steps: [key], message: `unknown field "${key}"${suggestion}`, atKey: true };
    } else if (value !== null) {
      const message = typeProblem(value, type);
      if (message) yield { steps: [key], message: `${key} ${message}` };
    }
  }
}
