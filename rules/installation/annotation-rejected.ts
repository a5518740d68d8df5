import {
  annotationSpellings,
  annotationValues,
  at,
  defineRule,
  nearest,
  parseBool,
  type KubeObject,
  type MakeFault,
  type Message,
} from "../../src/rule/index.ts";

const messages = {
  unknown: {
    says: "Knative has no annotation {key}{suggestion}",
    breaks: 'its webhook refuses the object: "invalid key name"',
    fix: "remove it or write it as Knative does",
  },
  httpProtocol: {
    says: '{key} is "{value}": only enabled and redirected are accepted on an object',
    breaks: 'the object is not reconciled: "incorrect http-protocol annotation"',
    fix: 'write "Enabled" or "Redirected"',
  },
  notABoolean: {
    says: '{key} is "{value}", which is no boolean: external TLS stays on for this object',
    breaks: "a certificate is asked for that nobody wanted",
    fix: 'write "true" or "false"',
  },
  masked: {
    says: '{decides}: "{value}" decides and masks {key}: "{other}"',
    breaks: "the opposite of what {key} asks for happens",
    fix: "remove {decides}",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC125",
  id: "annotation-rejected",
  summary: "a networking annotation has a value Knative refuses, or masks another one",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/networking pkg/apis/networking/metadata_validation.go; pkg/apis/networking/register.go (KeyPriority); knative/serving pkg/networking/util.go GetHTTPOption",
  reads: ["KService", "Route", "DomainMapping"],
  messages,
  *subjects(view) {
    for (const kind of ["DomainMapping", "KService", "Route"] as const) {
      yield* view
        .all(kind)
        .filter(({ annotations }) =>
          [...annotations.keys()].some((key) => key.startsWith("networking.knative.dev")),
        );
    }
  },
  *check(object, _view, fault) {
    yield* unknownKeys(object, fault);
    yield* httpProtocol(object, fault);
    yield* optOut(object, fault);
  },
});

type Say = MakeFault<typeof messages>;
const known: readonly string[] = Object.values(annotationSpellings).flat();

function place(object: KubeObject, key: string, part: "key" | "value") {
  return at(object, ["metadata", "annotations", key], part);
}

function* unknownKeys(object: KubeObject, fault: Say) {
  for (const key of object.annotations.keys()) {
    if (!key.startsWith("networking.knative.dev") || known.includes(key)) continue;
    const near = nearest(key, known);
    yield fault("unknown", place(object, key, "key"), {
      key,
      suggestion: near === undefined ? "" : `; did you mean ${near}?`,
    });
  }
}

function* httpProtocol(object: KubeObject, fault: Say) {
  const [deciding] = annotationValues(object, "httpProtocol");
  if (!deciding || ["", "enabled", "redirected"].includes(deciding.value.toLowerCase())) return;
  yield fault("httpProtocol", place(object, deciding.spelling, "value"), {
    key: deciding.spelling,
    value: deciding.value,
  });
}

function* optOut(object: KubeObject, fault: Say) {
  const [deciding, ...others] = annotationValues(object, "disableExternalDomainTls");
  if (!deciding) return;
  const decided = parseBool(deciding.value);
  if (decided === undefined && deciding.value !== "") {
    yield fault(
      "notABoolean",
      place(object, deciding.spelling, "value"),
      { key: deciding.spelling, value: deciding.value },
      { severity: "warning" },
    );
  }
  for (const other of others) {
    if ((parseBool(other.value) ?? false) === (decided ?? false)) continue;
    const data = {
      decides: deciding.spelling,
      value: deciding.value,
      key: other.spelling,
      other: other.value,
    };
    yield fault("masked", place(object, other.spelling, "value"), data);
  }
}
