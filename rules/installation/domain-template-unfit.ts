import {
  defineRule,
  examples,
  placeOf,
  renderName,
  wildcardHost,
  workingDomains,
  workingNetwork,
  type Entry,
  type Known,
  type MakeFault,
  type Message,
  type NetworkConfig,
} from "../../src/rule/index.ts";

const messages = {
  notQualified: {
    says: 'domain-template gives "{host}" for a route, which is no fully qualified domain name',
    breaks: "no Route gets an address or a certificate: invalid domain name",
    fix: "let the template end in the domain, as the default {default} does",
  },
  constant: {
    says: "domain-template gives the same name for routes that differ in {fields}",
    breaks:
      "two routes claim one host, and each asks for a certificate for it: only one of them is reached",
    fix: "use {fields} in the template, as the default {default} does",
  },
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
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC119",
  id: "domain-template-unfit",
  summary:
    "domain-template gives names that no certificate can be issued for, or that no wildcard covers",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/route/domains/domains.go DomainNameFromTemplate; pkg/reconciler/nscert/nscert.go wildcardDomain; knative/serving#13359",
  reads: ["config"],
  messages,
  *subjects(view) {
    const network = view.need(workingNetwork(view.fact("config")));
    const { entry } = network.domainTemplate;
    if (entry) yield { ...entry.holder, network, entry };
  },
  *check({ network, entry }, view, fault) {
    const domains = workingDomains(view.fact("config"));
    const wildcard = domains.known
      ? domains.value.domains.find((domain) => domain.wildcard)?.name
      : undefined;
    if (network.wildcardSelector)
      yield* forWildcards(network, entry, wildcard ?? "example.com", fault);
    const template = network.domainTemplate.value;
    view.need(hostFor(template, "name", "namespace"));
    yield* forRoutes(template, entry, fault);
  },
});

type Say = MakeFault<typeof messages>;
const theDefault = "{{.Name}}.{{.Namespace}}.{{.Domain}}";

function* forRoutes(template: string, entry: Entry, fault: Say) {
  const host = nameFor(template, "name", "namespace");
  // Labels and annotations may tell routes apart.
  if (host === undefined || /\.(Labels|Annotations)/.test(template)) return;
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/.test(host)) {
    yield fault("notQualified", placeOf(entry), { host, default: theDefault });
    return;
  }
  const fields = [
    ...(nameFor(template, "other", "namespace") === host ? ["Name"] : []),
    ...(nameFor(template, "name", "other") === host ? ["Namespace"] : []),
  ];
  const extra = fields.includes("Name") ? {} : { severity: "warning" as const };
  if (fields.length > 0)
    yield fault(
      "constant",
      placeOf(entry),
      { fields: examples(fields), default: theDefault },
      extra,
    );
}

function nameFor(template: string, name: string, namespace: string): string | undefined {
  const host = hostFor(template, name, namespace);
  return host.known ? host.value : undefined;
}

function hostFor(template: string, name: string, namespace: string): Known<string> {
  return renderName(template, {
    Name: name,
    Namespace: namespace,
    Domain: "example.com",
    Annotations: new Map(),
    Labels: new Map(),
  });
}

function* forWildcards(network: NetworkConfig, entry: Entry, domain: string, fault: Say) {
  const host = wildcardHost(network, domain, "default");
  if (host.known && !/^\*\..+$/.test(host.value))
    yield fault("noWildcard", placeOf(entry), { host: host.value, default: theDefault });
  const fields = [".Labels", ".Annotations"].filter((field) =>
    network.domainTemplate.value.includes(field),
  );
  if (fields.length > 0)
    yield fault("differs", placeOf(entry), { fields: examples(fields) }, { severity: "warning" });
}
