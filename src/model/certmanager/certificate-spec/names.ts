import { list, record, text, type JsonObject } from "../../json.ts";
import type { SpecProblem } from "../../spec-problem.ts";
import { isIP } from "../ip.ts";

type Problems = Iterable<SpecProblem>;

const nameLists = ["dnsNames", "uris", "emailAddresses", "ipAddresses", "otherNames"];

export function* names(spec: JsonObject): Problems {
  yield* subject(spec);
  for (const [i, address] of list(spec, "ipAddresses").entries()) {
    if (typeof address !== "string" || !isIP(address)) {
      yield { steps: ["ipAddresses", i], message: `${JSON.stringify(address)} is no IP address` };
    }
  }
  for (const key of ["dnsNames", "uris", "emailAddresses"]) yield* strings(spec, key);
}

function* subject(spec: JsonObject): Problems {
  const commonName = text(spec, "commonName") ?? "";
  const literal = text(spec, "literalSubject") ?? "";
  const hasNames = nameLists.some((key) => list(spec, key).length > 0);
  if (commonName === "" && !hasNames && !/(^|,)\s*CN\s*=/i.test(literal)) {
    yield { steps: [], message: `at least one of commonName, ${nameLists.join(", ")} must be set` };
  }
  if (new TextEncoder().encode(commonName).length > 64) {
    yield { steps: ["commonName"], message: "commonName must be no more than 64 bytes" };
  }
  if (literal === "") return;
  if (commonName !== "")
    yield { steps: ["commonName"], message: "commonName cannot be set beside literalSubject" };
  if (Object.keys(record(spec, "subject")).length > 0) {
    yield { steps: ["subject"], message: "subject cannot be set beside literalSubject" };
  }
}

function* strings(spec: JsonObject, key: string): Problems {
  for (const [i, value] of list(spec, key).entries()) {
    if (typeof value !== "string")
      yield { steps: [key, i], message: `${key}[${String(i)}] must be of type string` };
  }
}
