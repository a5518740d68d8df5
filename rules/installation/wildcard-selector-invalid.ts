import { defineRule, placeOf } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC118",
  id: "wildcard-selector-invalid",
  summary: "namespace-wildcard-cert-selector selects nothing it should, or works alone",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/networking pkg/config/config.go asLabelSelector; knative/serving pkg/reconciler/nscert/nscert.go; knative/serving#13359; knative/serving#5635",
  reads: ["config"],
  messages: {
    notAString: {
      says: "namespace-wildcard-cert-selector is no string but YAML of its own",
      breaks: "the API server refuses the ConfigMap: the values of data are strings",
      fix: "put the selector in quotes, or behind a bar",
    },
    invalid: {
      says: "namespace-wildcard-cert-selector is no label selector: {problem}",
      breaks: "no namespace gets a wildcard certificate: the reconciler fails for each",
      fix: "write matchLabels or matchExpressions as a LabelSelector has them",
    },
    alone: {
      says: "namespace-wildcard-cert-selector is set while external-domain-tls is off",
      breaks:
        "wildcard certificates are made, and may run into rate limits, but no route uses them",
      fix: 'set external-domain-tls: "Enabled", or remove the selector',
    },
  },
  *subjects(view) {
    const network = view.need(view.fact("config").network);
    const entry = network.settings.entries.get("namespace-wildcard-cert-selector");
    if (entry && entry.value !== "") yield { ...entry.holder, entry, network };
  },
  *check({ entry, network }, _view, fault) {
    const { wildcardSelector, externalDomainTls, errors } = network;
    if (entry.value === undefined) yield fault("notAString", placeOf(entry));
    else if (wildcardSelector && !wildcardSelector.value.known) {
      const refused = errors.some((error) => error.entry === entry);
      if (!refused) yield fault("invalid", placeOf(entry), { problem: wildcardSelector.value.why });
    } else if (wildcardSelector && !externalDomainTls.value)
      yield fault("alone", placeOf(entry), {}, { severity: "warning" });
  },
});
