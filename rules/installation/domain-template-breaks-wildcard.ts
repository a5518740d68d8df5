import {
  defineRule,
  examples,
  placeOf,
  wildcardHost,
  workingDomains,
  workingNetwork,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC119",
  id: "domain-template-breaks-wildcard",
  summary: "domain-template gives no wildcard name for the namespace wildcard certificates",
  severity: "error",
  since: "0.1.0",
  citation: "knative/serving pkg/reconciler/nscert/nscert.go wildcardDomain; knative/serving#13359",
  reads: ["config"],
  messages: {
    noWildcard: {
      says: 'domain-template gives "{host}" for a namespace wildcard, which does not start with "*."',
      breaks:
        'no namespace gets a wildcard certificate: "invalid DomainTemplate"; routes ask for a certificate each',
      fix: "let the template start with the name and a dot, as the default {default} does, or remove namespace-wildcard-cert-selector",
    },
    differs: {
      says: "domain-template uses {fields} of the route, which a namespace wildcard does not have",
      breaks:
        "routes that have them get names that the wildcard does not cover, and a certificate of their own each",
      fix: "build the template from .Name, .Namespace and .Domain only",
    },
  },
  *subjects(view) {
    const network = view.need(workingNetwork(view.fact("config")));
    const { entry } = network.domainTemplate;
    if (network.wildcardSelector && entry) yield { ...entry.holder, network, entry };
  },
  *check({ network, entry }, view, fault) {
    const template = network.domainTemplate.value;
    const domains = workingDomains(view.fact("config"));
    const names = domains.known
      ? domains.value.domains.filter(({ wildcard }) => wildcard).map(({ name }) => name)
      : ["example.com"];
    const [domain = "example.com"] = names;
    const host = view.need(wildcardHost(network, domain, "default"));
    if (!/^\*\..+$/.test(host))
      yield fault("noWildcard", placeOf(entry), {
        host,
        default: "{{.Name}}.{{.Namespace}}.{{.Domain}}",
      });
    const fields = [".Labels", ".Annotations"].filter((field) => template.includes(field));
    if (fields.length > 0)
      yield fault("differs", placeOf(entry), { fields: examples(fields) }, { severity: "warning" });
  },
});
