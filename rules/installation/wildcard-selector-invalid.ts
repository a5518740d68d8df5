import {
  defineRule,
  equalFold,
  nearest,
  placeOf,
  pointer,
  type Entry,
  type MakeFault,
  type Message,
} from "../../src/rule/index.ts";

const messages = {
  notAString: {
    says: "namespace-wildcard-cert-selector is no string but YAML of its own",
    breaks: "the API server refuses the object: these values are strings",
    fix: "put the selector in quotes, or behind a bar",
  },
  invalid: {
    says: "namespace-wildcard-cert-selector is no label selector: {problem}",
    breaks: "no namespace gets a wildcard certificate: the reconciler fails for each",
    fix: "write matchLabels or matchExpressions as a LabelSelector has them",
  },
  ignored: {
    says: "namespace-wildcard-cert-selector has {field}, which is no field of a label selector{suggestion}",
    breaks: "Knative ignores it: {effect}",
    fix: "write matchLabels or matchExpressions as a LabelSelector has them",
  },
  alone: {
    says: "namespace-wildcard-cert-selector is set while external-domain-tls is off",
    breaks: "wildcard certificates are made, and may run into rate limits, but no route uses them",
    fix: 'set external-domain-tls: "Enabled", or remove the selector',
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC118",
  id: "wildcard-selector-invalid",
  summary: "namespace-wildcard-cert-selector selects nothing it should, or works alone",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/networking pkg/config/config.go asLabelSelector; knative/serving pkg/reconciler/nscert/nscert.go; knative/serving#13359; knative/serving#5635",
  reads: ["config"],
  messages,
  *subjects(view) {
    const network = view.need(view.fact("config").network);
    const entry = network.settings.entries.get("namespace-wildcard-cert-selector");
    if (entry && entry.value !== "") yield { ...entry.holder, entry, network };
  },
  *check({ entry, network }, _view, fault) {
    const { wildcardSelector, externalDomainTls, errors } = network;
    if (entry.value === undefined) yield fault("notAString", placeOf(entry));
    if (!wildcardSelector) return;
    const selector = wildcardSelector.value;
    if (selector.known) {
      yield* ignored(entry, selector.value.everything, fault);
      if (!externalDomainTls.value)
        yield fault("alone", placeOf(entry, "key"), {}, { severity: "warning" });
    } else if (entry.value !== undefined && !errors.some((error) => error.entry === entry))
      yield fault("invalid", placeOf(entry, "key"), { problem: selector.why });
  },
});

const fields = ["matchLabels", "matchExpressions"];

function* ignored(entry: Entry, everything: boolean, fault: MakeFault<typeof messages>) {
  const { nested } = entry;
  if (!nested?.ok || nested.value.type !== "map") return;
  for (const { key } of nested.value.entries) {
    if (fields.some((field) => equalFold(field, key))) continue;
    const near = nearest(key, fields);
    yield fault("ignored", placeOf(entry, "value", { pointer: pointer(key), part: "key" }), {
      field: key,
      suggestion: near === undefined ? "" : `; did you mean ${near}?`,
      effect: everything
        ? "every namespace is selected and gets a wildcard certificate"
        : "namespaces are selected by the rest alone",
    });
  }
}
