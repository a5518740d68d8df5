import { record, text, type JsonObject } from "../../json.ts";
import type { SpecProblem } from "../../spec-problem.ts";
import { isIssuerKind, isOwnGroup } from "../issuer.ts";

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

export function* secretName(spec: JsonObject): Iterable<SpecProblem> {
  const name = text(spec, "secretName") ?? "";
  if (name === "") yield { steps: ["secretName"], message: "secretName must be specified" };
  else if (!subdomain.test(name))
    yield { steps: ["secretName"], message: `secretName "${name}" is no DNS subdomain name` };
}

export function* issuerRef(spec: JsonObject): Iterable<SpecProblem> {
  const reference = record(spec, "issuerRef");
  for (const key of Object.keys(reference)) {
    if (!["name", "kind", "group"].includes(key)) {
      yield { steps: ["issuerRef", key], message: `unknown field "issuerRef.${key}"`, atKey: true };
    }
  }
  if (!text(reference, "name"))
    yield { steps: ["issuerRef", "name"], message: "issuerRef.name must be specified" };
  const kind = text(reference, "kind") ?? "";
  const group = text(reference, "group") ?? "";
  if (kind !== "" && isOwnGroup(group) && !isIssuerKind(kind)) {
    const hint = group === "" ? " (did you forget to set issuerRef.group?)" : "";
    yield {
      steps: ["issuerRef", "kind"],
      message: `issuerRef.kind "${kind}" must be one of Issuer or ClusterIssuer${hint}`,
    };
  }
}
