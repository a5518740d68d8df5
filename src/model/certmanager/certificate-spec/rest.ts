import { isObject, list, record, text, type Json, type JsonObject } from "../../json.ts";
import { nearest } from "../../near.ts";
import type { SpecProblem } from "../../spec-problem.ts";
import { oneOf } from "./one-of.ts";

type Problems = Iterable<SpecProblem>;

const usages = new Set([
  "any",
  "cert sign",
  "client auth",
  "code signing",
  "content commitment",
  "crl sign",
  "data encipherment",
  "decipher only",
  "digital signature",
  "email protection",
  "encipher only",
  "ipsec end system",
  "ipsec tunnel",
  "ipsec user",
  "key agreement",
  "key encipherment",
  "microsoft sgc",
  "netscape sgc",
  "ocsp signing",
  "s/mime",
  "server auth",
  "signing",
  "timestamping",
]);

export function* rest(spec: JsonObject): Problems {
  for (const [i, usage] of list(spec, "usages").entries()) {
    if (typeof usage !== "string" || !usages.has(usage))
      yield {
        steps: ["usages", i],
        message: `unknown usage ${JSON.stringify(usage)}${hint(usage)}`,
      };
  }
  const limit = spec["revisionHistoryLimit"];
  if (typeof limit === "number" && limit < 1)
    yield {
      steps: ["revisionHistoryLimit"],
      message: "revisionHistoryLimit must not be less than 1",
    };
  for (const key of Object.keys(record(spec, "secretTemplate", "annotations"))) {
    if (key.startsWith("cert-manager.io/") && key !== "cert-manager.io/allow-direct-injection") {
      yield {
        steps: ["secretTemplate", "annotations", key],
        message: "cert-manager.io/* annotations are not allowed in secretTemplate",
        atKey: true,
      };
    }
  }
  yield* nameConstraints(spec);
  const formats = list(spec, "additionalOutputFormats").map((format) => text(format, "type"));
  if (new Set(formats).size < formats.length)
    yield {
      steps: ["additionalOutputFormats"],
      message: "additionalOutputFormats lists a type twice",
    };
  yield* renewal(spec);
}

function hint(usage: Json): string {
  const near = typeof usage === "string" ? nearest(usage, usages) : undefined;
  return near === undefined ? "" : `; did you mean "${near}"?`;
}

function* nameConstraints(spec: JsonObject): Problems {
  const constraints = spec["nameConstraints"];
  if (!isObject(constraints)) return;
  if (spec["isCA"] !== true)
    yield { steps: ["nameConstraints"], message: "nameConstraints need isCA: true", atKey: true };
  if (!isObject(constraints["permitted"]) && !isObject(constraints["excluded"])) {
    yield {
      steps: ["nameConstraints"],
      message: "nameConstraints need permitted or excluded",
      atKey: true,
    };
  }
}

function* renewal(spec: JsonObject): Problems {
  const policy = text(spec, "renewal", "policy") ?? "";
  if (isObject(spec["renewal"]) && policy !== "")
    yield* oneOf(record(spec, "renewal"), ["renewal"], "policy", ["Disabled", "RenewBefore"]);
  if (policy === "Disabled" && list(spec, "renewal", "windows").length > 0) {
    yield {
      steps: ["renewal", "windows"],
      message: "renewal.windows cannot be set when renewal.policy is Disabled",
    };
  }
}
