import { record, text, type JsonObject } from "../../json.ts";
import type { SpecProblem } from "../../spec-problem.ts";
import { oneOf } from "./one-of.ts";

type Problems = Iterable<SpecProblem>;

const sizes: Readonly<Record<string, (bits: number) => boolean>> = {
  RSA: (bits) => bits >= 2048 && bits <= 8192,
  ECDSA: (bits) => [256, 384, 521].includes(bits),
  Ed25519: () => true,
};
const signatures: Readonly<Record<string, readonly string[]>> = {
  RSA: ["SHA256WithRSA", "SHA384WithRSA", "SHA512WithRSA"],
  ECDSA: ["ECDSAWithSHA256", "ECDSAWithSHA384", "ECDSAWithSHA512"],
  Ed25519: ["PureEd25519"],
};

const keyFields = new Set(["algorithm", "size", "rotationPolicy", "encoding"]);

export function* privateKey(spec: JsonObject): Problems {
  const key = record(spec, "privateKey");
  const algorithm = text(key, "algorithm") || "RSA";
  yield* size(key, algorithm);
  yield* oneOf(key, ["privateKey"], "rotationPolicy", ["Always", "Never"]);
  yield* oneOf(key, ["privateKey"], "encoding", ["PKCS1", "PKCS8"]);
  for (const name of Object.keys(key).filter((one) => !keyFields.has(one))) {
    yield {
      steps: ["privateKey", name],
      message: `unknown field "privateKey.${name}"`,
      atKey: true,
    };
  }
  const signature = text(spec, "signatureAlgorithm") ?? "";
  const allowed = signatures[algorithm];
  if (signature !== "" && allowed && !allowed.includes(signature)) {
    yield {
      steps: ["signatureAlgorithm"],
      message: `for ${algorithm} keys signatureAlgorithm must be one of ${allowed.join(", ")}`,
    };
  }
}

function* size(key: JsonObject, algorithm: string): Problems {
  const fits = sizes[algorithm];
  const { size: bits } = key;
  if (!fits) {
    yield {
      steps: ["privateKey", "algorithm"],
      message: `privateKey.algorithm "${algorithm}" must be RSA, ECDSA or Ed25519`,
    };
  } else if (bits !== undefined && (typeof bits !== "number" || (bits !== 0 && !fits(bits)))) {
    const allowed = algorithm === "RSA" ? "between 2048 and 8192" : "256, 384 or 521";
    yield {
      steps: ["privateKey", "size"],
      message: `privateKey.size must be ${allowed} for ${algorithm}`,
    };
  }
}
