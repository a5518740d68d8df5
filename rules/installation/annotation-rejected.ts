import {
  annotationSpellings,
  annotationValues,
  at,
  atLeast,
  defineRule,
  nearest,
  parseBool,
  strings,
  visibilityLabel,
  type KubeObject,
  type MakeFault,
  type Message,
} from "../../src/rule/index.ts";

const messages = {
  unknown: {
    says: "Knative has no annotation {key}{suggestion}",
    breaks: "nothing reads it, and nothing says so",
    fix: "remove it or write it as Knative does",
  },
  refused: {
    says: "Knative has no annotation {key}{suggestion}",
    breaks:
      'its webhook refuses the KService: invalid key name "{key}": spec.template.metadata.annotations',
    fix: "remove it or write it as Knative does",
  },
  onTemplate: {
    says: "{key} is on the template of Revisions, where nothing reads it",
    breaks: "it has no effect",
    fix: "move it to the annotations of the KService itself",
  },
  httpProtocol: {
    says: '{key} is "{value}": only enabled and redirected are accepted on an object',
    breaks: "the object is not reconciled: incorrect http-protocol annotation",
    fix: 'write "Enabled" or "Redirected"',
  },
  notABoolean: {
    says: '{key} is "{value}", which is no boolean: external TLS stays on for this object',
    breaks: "a certificate is asked for that nobody wanted",
    fix: 'write "true" or "false"',
  },
  masked: {
    says: '{decides}: "{value}" decides and masks {key}: "{other}"',
    breaks: "what {key} asks for does not happen",
    fix: "remove {decides}",
  },
  visibility: {
    says: 'label {key} is "{value}": only cluster-local means anything{suggestion}',
    breaks:
      "the label is ignored: with an external domain, the route is public and gets a certificate for its public name",
    fix: 'write "cluster-local", or remove the label',
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC125",
  id: "annotation-rejected",
  summary: "a networking annotation or label is refused, ignored, or masks another one",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/networking pkg/apis/networking/metadata_validation.go; pkg/apis/networking/register.go (KeyPriority); knative/serving pkg/apis/serving/v1/revision_validation.go; pkg/networking/util.go GetHTTPOption; pkg/reconciler/route/config/domain.go LookupDomainForLabels; knative/serving#16296",
  holdsFor: "Knative >= 1.21 for what the webhook refuses; older releases ignore it",
  reads: ["versions", "KService", "Route", "DomainMapping"],
  messages,
  *subjects(view) {
    for (const kind of ["DomainMapping", "KService", "Route"] as const)
      yield* view.all(kind).filter((object) => keysOf(object).some(isNetworking));
  },
  *check(object, view, fault) {
    const { knative } = view.fact("versions");
    yield* unknownKeys(object, fault);
    yield* onTemplate(object, !knative.known || atLeast(knative.value, "1.21"), fault);
    yield* httpProtocol(object, fault);
    yield* optOut(object, fault);
    yield* visibility(object, fault);
  },
});

type Say = MakeFault<typeof messages>;
const known: readonly string[] = Object.values(annotationSpellings).flat();
const ofRevisions: readonly string[] = annotationSpellings.certificateClass;
const template = ["spec", "template", "metadata", "annotations"];

function isNetworking(key: string): boolean {
  return key.startsWith("networking.knative.dev");
}

function keysOf(object: KubeObject): readonly string[] {
  const { annotations, labels } = object;
  return [...annotations.keys(), ...keysOfTemplate(object), ...labels.keys()];
}

function keysOfTemplate({ kind, raw }: KubeObject): readonly string[] {
  return kind === "KService" ? [...strings(raw, ...template).keys()] : [];
}

function place(object: KubeObject, key: string, part: "key" | "value") {
  return at(object, ["metadata", "annotations", key], part);
}

function* unknownKeys(object: KubeObject, fault: Say) {
  for (const key of object.annotations.keys()) {
    if (!isNetworking(key) || known.includes(key)) continue;
    const data = { key, suggestion: suggestionFor(key) };
    yield fault("unknown", place(object, key, "key"), data, { severity: "warning" });
  }
}

function suggestionFor(key: string): string {
  if (key === visibilityLabel) return "; it is a label";
  const near = nearest(key, known);
  return near === undefined ? "" : `; did you mean ${near}?`;
}

/** Before 1.21 the webhook looked at none of them. */
function* onTemplate(object: KubeObject, refuses: boolean, fault: Say) {
  for (const key of keysOfTemplate(object)) {
    if (!isNetworking(key) || ofRevisions.includes(key)) continue;
    const where = at(object, [...template, key], "key");
    if (known.includes(key)) yield fault("onTemplate", where, { key }, { severity: "warning" });
    else if (refuses) yield fault("refused", where, { key, suggestion: suggestionFor(key) });
    else
      yield fault(
        "unknown",
        where,
        { key, suggestion: suggestionFor(key) },
        { severity: "warning" },
      );
  }
}

function* httpProtocol(object: KubeObject, fault: Say) {
  const [deciding, ...others] = annotationValues(object, "httpProtocol");
  if (!deciding) return;
  const { spelling, value } = deciding;
  if (!["", "enabled", "redirected"].includes(value.toLowerCase()))
    yield fault("httpProtocol", place(object, spelling, "value"), { key: spelling, value });
  for (const other of others) {
    if (other.value.toLowerCase() === value.toLowerCase()) continue;
    const data = { decides: spelling, value, key: other.spelling, other: other.value };
    yield fault("masked", place(object, other.spelling, "value"), data);
  }
}

function* optOut(object: KubeObject, fault: Say) {
  const [deciding, ...others] = annotationValues(object, "disableExternalDomainTls");
  if (!deciding) return;
  const { spelling, value } = deciding;
  const decided = parseBool(value);
  if (decided === undefined && value !== "") {
    const data = { key: spelling, value };
    yield fault("notABoolean", place(object, spelling, "value"), data, { severity: "warning" });
  }
  for (const other of others) {
    if ((parseBool(other.value) ?? false) === (decided ?? false)) continue;
    const data = { decides: spelling, value, key: other.spelling, other: other.value };
    yield fault("masked", place(object, other.spelling, "value"), data);
  }
}

/** A near miss was meant to hide the route; another word may just say that it is public. */
function* visibility(object: KubeObject, fault: Say) {
  const value = object.labels.get(visibilityLabel);
  if (!value || value === "cluster-local" || object.kind === "DomainMapping") return;
  const near = nearest(value, ["cluster-local"]);
  yield fault(
    "visibility",
    at(object, ["metadata", "labels", visibilityLabel]),
    {
      key: visibilityLabel,
      value,
      suggestion: near === undefined ? "" : `; did you mean ${near}?`,
    },
    near === undefined ? { severity: "warning" } : {},
  );
}
