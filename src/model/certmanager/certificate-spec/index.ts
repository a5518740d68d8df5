import { isObject, type JsonObject } from "../../json.ts";
import type { SpecProblem } from "../../spec-problem.ts";
import { shape } from "./fields.ts";
import { issuerRef, secretName } from "./issuer-and-secret.ts";
import { names } from "./names.ts";
import { privateKey } from "./private-key.ts";
import { rest } from "./rest.ts";
import { times } from "./times.ts";

/** What the v1 API drops or refuses in a Certificate's spec (internal/apis/certmanager/validation/certificate.go). */
export function certificateSpecProblems(raw: JsonObject): readonly SpecProblem[] {
  const spec = raw["spec"];
  if (!isObject(spec)) return [{ steps: ["spec"], message: "the spec is missing" }];
  const wrong = [...shape(spec)];
  const bad = new Set(wrong.map(({ steps }) => steps[0]));
  const values = [
    ...secretName(spec),
    ...issuerRef(spec),
    ...names(spec),
    ...privateKey(spec),
    ...times(spec),
    ...rest(spec),
  ];
  return [...wrong, ...values.filter(({ steps }) => !bad.has(steps[0]))].map((problem) => ({
    ...problem,
    steps: ["spec", ...problem.steps],
  }));
}
