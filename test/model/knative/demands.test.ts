import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/engine/facts.ts";
import { demands } from "../../../src/model/knative/demands.ts";
import { inventoryOf } from "../../support/world.ts";

interface Setup {
  readonly network?: Readonly<Record<string, string>>;
  readonly domain?: Readonly<Record<string, string>>;
  readonly objects?: readonly unknown[];
}

const configMap = (name: string, data: unknown) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "knative-serving" },
  data,
});
const service = (name: string, more: { metadata?: object; traffic?: readonly object[] } = {}) => ({
  apiVersion: "serving.knative.dev/v1",
  kind: "Service",
  metadata: { name, namespace: "shop", ...more.metadata },
  spec: { traffic: more.traffic ?? [] },
});
const mapping = (name: string, more: object = {}) => ({
  apiVersion: "serving.knative.dev/v1beta1",
  kind: "DomainMapping",
  metadata: { name, namespace: "shop" },
  ...more,
});
const namespace = (name: string, labels: object = {}) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});

function names({
  network = {},
  domain = { "example.com": "" },
  objects = [],
}: Setup): readonly string[] {
  const items = [
    configMap("config-network", network),
    configMap("config-domain", domain),
    ...objects,
  ];
  const text = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  const found = factsOf(inventoryOf({ "all.json": text }, { complete: true }))(demands);
  if (!found.known) return [`unknown: ${found.why}`];
  const unsure = found.value.unsure.map(({ why }) => `unsure: ${why}`);
  return [
    ...found.value.list.map((one) => `${one.namespace} ${one.issuerKey} ${one.dnsNames.join(",")}`),
    ...unsure,
  ];
}

const routing = "knative-serving systemInternalIssuerRef kn-routing,data-plane.knative.dev";
const external = { "external-domain-tls": "Enabled" };

describe("what Serving asks for", () => {
  it("is nothing while every feature is off", () =>
    expect(names({ objects: [service("hello")] })).toEqual([]));

  it("is routing-serving-certs as soon as any feature is on (config/core/300-knativecertificate.yaml)", () => {
    expect(names({ network: external })).toEqual([routing]);
  });

  it("is serving-certs in every namespace with a Revision to be", () => {
    expect(
      names({
        network: { "system-internal-tls": "Enabled" },
        objects: [service("hello"), service("other")],
      }),
    ).toEqual([routing, "shop systemInternalIssuerRef kn-user-shop,data-plane.knative.dev"]);
  });

  it("is a certificate for each tag, public or not, of cluster-local names (MakeClusterLocalCertificate)", () => {
    const objects = [service("hello", { traffic: [{ tag: "v1" }] })];
    expect(names({ network: { "cluster-local-domain-tls": "Enabled" }, objects }).slice(1)).toEqual(
      [
        "shop clusterLocalIssuerRef hello.shop,hello.shop.svc,hello.shop.svc.cluster.local",
        "shop clusterLocalIssuerRef v1-hello.shop,v1-hello.shop.svc,v1-hello.shop.svc.cluster.local",
      ],
    );
  });

  it("is one for each public name", () => {
    const objects = [service("hello", { traffic: [{ tag: "v1" }] })];
    expect(names({ network: external, objects }).slice(1)).toEqual([
      "shop issuerRef hello.shop.example.com",
      "shop issuerRef v1-hello.shop.example.com",
    ]);
  });

  it.each([
    ["a cluster-local route", { labels: { "networking.knative.dev/visibility": "cluster-local" } }],
    [
      "one that opts out",
      { annotations: { "networking.knative.dev/disable-external-domain-tls": "true" } },
    ],
    [
      "one that opts out the old way",
      { annotations: { "networking.knative.dev/disableAutoTLS": "true" } },
    ],
  ])("is none for %s", (_what, metadata) => {
    expect(names({ network: external, objects: [service("hello", { metadata })] })).toEqual([
      routing,
    ]);
  });

  it("lets an older opt-out mask a newer one", () => {
    const metadata = {
      annotations: {
        "networking.knative.dev/disableAutoTLS": "false",
        "networking.knative.dev/disable-external-domain-tls": "true",
      },
    };
    expect(names({ network: external, objects: [service("hello", { metadata })] })).toContain(
      "shop issuerRef hello.shop.example.com",
    );
  });

  it("chooses the domain with most labels, then the first by name (config/domain.go LookupDomainForLabels)", () => {
    const domain = {
      "example.com": "",
      "b.org": "selector: {app: web}",
      "a.org": "selector: {app: web}",
      "c.org": "selector: {app: web, tier: front}",
    };
    const one = (labels: object) =>
      names({
        network: external,
        domain,
        objects: [service("hello", { metadata: { labels } })],
      }).at(-1);
    expect(one({})).toContain("hello.shop.example.com");
    expect(one({ app: "web" })).toContain("hello.shop.a.org");
    expect(one({ app: "web", tier: "front" })).toContain("hello.shop.c.org");
  });

  it("is none without a domain of one's own: the default is cluster-local", () => {
    expect(names({ network: external, domain: {}, objects: [service("hello")] })).toEqual([
      routing,
    ]);
  });

  it("is none for a real domain that ends in the letters of the cluster domain", () => {
    expect(
      names({ network: external, domain: { "mycluster.local": "" }, objects: [service("hello")] }),
    ).toEqual([routing]);
  });

  it("follows the templates", () => {
    const network = {
      ...external,
      "domain-template": "{{.Name}}-{{.Namespace}}.{{.Domain}}",
      "tag-template": "{{.Name}}-{{.Tag}}",
    };
    expect(
      names({ network, objects: [service("hello", { traffic: [{ tag: "v1" }] })] }).slice(1),
    ).toEqual([
      "shop issuerRef hello-shop.example.com",
      "shop issuerRef hello-v1-shop.example.com",
    ]);
  });

  it("is not known where a template leaves the modelled part of Go", () => {
    const network = {
      ...external,
      "domain-template": "{{range .Labels}}{{.}}{{end}}{{.Name}}.{{.Domain}}",
    };
    expect(names({ network, objects: [service("hello")] }).at(-1)).toContain(
      "unsure: the template",
    );
  });

  it("is a wildcard per selected namespace and default domain, also while external TLS is off (nscert.go)", () => {
    const network = { "namespace-wildcard-cert-selector": "matchLabels: {tls: wild}" };
    const objects = [namespace("shop", { tls: "wild" }), namespace("bank")];
    expect(
      names({
        network,
        objects,
        domain: {
          "example.com": "",
          "b.org": "selector: {app: web}",
          "c.org": "selector: {app: x}\ntype: wildcard",
        },
      }).slice(1),
    ).toEqual(["shop issuerRef *.shop.c.org", "shop issuerRef *.shop.example.com"]);
  });

  it("is no certificate of its own for a route that a wildcard covers", () => {
    const network = { ...external, "namespace-wildcard-cert-selector": "{}" };
    expect(names({ network, objects: [namespace("shop"), service("hello")] }).slice(1)).toEqual([
      "shop issuerRef *.shop.example.com",
    ]);
  });

  it("signs a wildcard of the cluster domain with the external issuer, where no domain is written", () => {
    const network = { "namespace-wildcard-cert-selector": "{}" };
    expect(names({ network, domain: {}, objects: [namespace("shop")] }).slice(1)).toEqual([
      "shop issuerRef *.shop.svc.cluster.local",
    ]);
  });

  it("is one per DomainMapping, unless it brings a Secret or opts out", () => {
    const objects = [mapping("a.org"), mapping("b.org", { spec: { tls: { secretName: "mine" } } })];
    expect(names({ network: external, objects }).slice(1)).toEqual(["shop issuerRef a.org"]);
  });

  it("is not known while config-network does not parse", () => {
    expect(names({ network: { "system-internal-tls": "yes" } })[0]).toContain(
      "unknown: config-network does not parse",
    );
  });
});
