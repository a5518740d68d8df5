import { describe, expect, it } from "vitest";
import { isRoot } from "../src/rule/finding.ts";
import { analyzed } from "./support/analyze.ts";
import {
  acme,
  caCertificate,
  domains,
  issuer,
  join,
  network,
  references,
  service,
} from "./support/manifests.ts";
import { inventoryOf, type WorldOptions } from "./support/world.ts";

/** "severity code" of every finding that stands for itself, but for those that say what a set-up is. */
function findingsIn(text: string, options: WorldOptions = {}): readonly string[] {
  const { findings } = analyzed([inventoryOf({ "a.yaml": text }, options)], {
    ignore: ["KC206", "KC510"],
  });
  return findings.filter(isRoot).map(({ severity, code }) => `${severity} ${code}`);
}

const knativeCa = "kind: ClusterIssuer, name: knative-ca";
const letsEncrypt = "kind: ClusterIssuer, name: letsencrypt";
const route53 = "{route53: {region: eu-west-1}}";
const http01 = "{http01: {ingress: {ingressClassName: kourier}}}";
const ca = "ca: {secretName: knative-ca}";

describe("a repository of somebody who", () => {
  it("has a CA that Vault signs, with a new key at every renewal", () => {
    const text = join(
      network("cluster-local-domain-tls: Enabled"),
      references({ clusterLocalIssuerRef: knativeCa }),
      issuer("knative-ca", ca),
      issuer(
        "vault",
        'vault: {server: "https://vault.example", path: pki/root/sign-intermediate, auth: {tokenSecretRef: {name: t, key: k}}}',
      ),
      caCertificate(
        "cert-manager",
        "knative-ca",
        "kind: ClusterIssuer, name: vault",
        "privateKey: {rotationPolicy: Always}",
      ),
      service("shop", "hello"),
    );
    expect(findingsIn(text)).toEqual(["info KC401"]);
  });

  it("names an issuer of another project and forgets its group", () => {
    const text = join(
      network("cluster-local-domain-tls: Enabled"),
      references({ clusterLocalIssuerRef: "kind: StepClusterIssuer, name: step" }),
      service("shop", "hello"),
    );
    expect(findingsIn(text)).toEqual(["error KC214"]);
  });

  it("has a domain that Knative takes for the cluster's own", () => {
    const text = join(
      network("external-domain-tls: Enabled"),
      domains("mycluster.local"),
      service("shop", "hello"),
    );
    expect(findingsIn(text)).toEqual(["error KC121"]);
  });

  it("keeps the CA's Secret encrypted, while another team has a CA of that name", () => {
    const text = join(
      network("system-internal-tls: Enabled"),
      references({ systemInternalIssuerRef: knativeCa }),
      issuer("knative-ca", ca),
      issuer("db-ca", ca, "db"),
      issuer("boot", "selfSigned: {}", "db"),
      caCertificate("db", "knative-ca", "kind: Issuer, name: boot"),
      service("shop", "hello"),
    );
    expect(findingsIn(text)).toEqual([]);
  });

  it("keeps the platform apart from its services, and proves their names by the second solver", () => {
    const text = join(
      network("external-domain-tls: Enabled"),
      references({ issuerRef: letsEncrypt }),
      domains("apps.example.com"),
      acme("letsencrypt", `{dns01: ${route53}, selector: {dnsZones: [corp.example.com]}}`, http01),
    );
    expect(findingsIn(text)).toEqual(["error KC215"]);
  });

  it("keeps the platform apart from its services, with no solver for their domain", () => {
    const text = join(
      network("external-domain-tls: Enabled"),
      references({ issuerRef: letsEncrypt }),
      domains("apps.example.com"),
      acme("letsencrypt", `{dns01: ${route53}, selector: {dnsZones: [corp.example.com]}}`),
    );
    expect(findingsIn(text)).toEqual(["error KC218"]);
  });

  it("redirects to HTTPS, proves names by HTTP-01, and has no services in the repository", () => {
    const text = join(
      network("external-domain-tls: Enabled", "http-protocol: Redirected"),
      references({ issuerRef: letsEncrypt }),
      domains("apps.example.com"),
      acme("letsencrypt", http01),
    );
    expect(findingsIn(text)).toEqual(["error KC217"]);
  });

  it("has no services in the repository, and nothing wrong with how their names are proved", () => {
    const text = join(
      network("external-domain-tls: Enabled"),
      references({ issuerRef: letsEncrypt }),
      domains("apps.example.com"),
      acme("letsencrypt", `{dns01: ${route53}, selector: {dnsZones: [example.com]}}`),
    );
    expect(findingsIn(text)).toEqual([]);
  });

  it.each([
    ["that selects everything", "{}"],
    [
      "by the name that the API server puts on a Namespace",
      '{"matchLabels": {"kubernetes.io/metadata.name": "shop"}}',
    ],
  ])("wants wildcards %s by HTTP-01, and keeps no Namespace in the repository", (_, selector) => {
    const text = join(
      network("external-domain-tls: Enabled", `namespace-wildcard-cert-selector: '${selector}'`),
      references({ issuerRef: letsEncrypt }),
      domains("apps.example.com"),
      acme("letsencrypt", http01),
      service("shop", "hello"),
    );
    expect(findingsIn(text)).toEqual(["error KC216"]);
  });

  it("wants wildcards by a label that nothing in the repository shows", () => {
    const text = join(
      network(
        "external-domain-tls: Enabled",
        'namespace-wildcard-cert-selector: "{matchLabels: {tls: wild}}"',
      ),
      references({ issuerRef: letsEncrypt }),
      domains("apps.example.com"),
      acme("letsencrypt", `{dns01: ${route53}}`),
      service("shop", "a-service-with-a-name-that-is-too-long-for-a-certificate-of-its-own"),
    );
    expect(findingsIn(text)).toEqual([]);
  });

  it("installs Kourier by the operator, and does not tell Knative", () => {
    const text = `apiVersion: operator.knative.dev/v1beta1
kind: KnativeServing
metadata: {name: knative-serving, namespace: knative-serving}
spec:
  ingress: {kourier: {enabled: true}}
  config: {network: {external-domain-tls: Enabled}}
`;
    expect(findingsIn(text)).toEqual(["warning KC115"]);
  });

  it("brings a certificate for a DomainMapping that is for another name", () => {
    const text = join(
      network("external-domain-tls: Enabled"),
      references({ issuerRef: letsEncrypt }),
      domains("apps.example.com"),
      acme("letsencrypt", `{dns01: ${route53}}`),
      `apiVersion: serving.knative.dev/v1beta1
kind: DomainMapping
metadata: {name: www.example.com, namespace: shop}
spec: {ref: {kind: Service, name: hello}, tls: {secretName: www}}
`,
      `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: www, namespace: shop}
spec: {secretName: www, dnsNames: [example.com], issuerRef: {${letsEncrypt}}}
`,
    );
    expect(findingsIn(text)).toEqual(["error KC318"]);
  });

  it("forgets that an issuerRef without a kind means an Issuer", () => {
    const text = join(
      network("system-internal-tls: Enabled"),
      references({ systemInternalIssuerRef: knativeCa }),
      issuer("knative-ca", ca),
      issuer("root", "selfSigned: {}"),
      caCertificate("cert-manager", "knative-ca", "name: root"),
      service("shop", "hello"),
    );
    expect(findingsIn(text)).toEqual(["warning KC201"]);
  });

  it.each([
    ["1.14.1", [], []],
    ["1.21.0", ["error KC125"], []],
    ["1.23.0", ["error KC125"], ["error KC122"]],
  ])("runs Knative %s, and writes what not every release reads", (knative, refused, tooOld) => {
    const text = join(
      network("system-internal-tls: Enabled"),
      references({ systemInternalIssuerRef: knativeCa }),
      `apiVersion: v1
kind: ConfigMap
metadata:
  name: config-deployment
  namespace: knative-serving
  labels: {app.kubernetes.io/name: knative-serving, app.kubernetes.io/component: controller}
data: {queue-sidecar-tls-max-version: "1.2"}
`,
      `apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: hello, namespace: shop}
spec:
  template:
    metadata: {annotations: {networking.knative.dev/sticky: "true"}}
    spec: {containers: [{image: example.com/hello}]}
`,
    );
    const found = findingsIn(text, {
      complete: true,
      environment: { versions: { knative } },
    }).filter((one) => /KC1(01|04|22|25)/.test(one));
    const crds = knative === "1.14.1" ? ["warning KC125"] : ["error KC101"];
    expect(found.toSorted()).toEqual(["error KC104", ...crds, ...refused, ...tooOld].toSorted());
  });

  it.each([
    ["one registered domain", ["example.co.uk"], ["warning KC220"]],
    ["two registered domains of one country", ["a.co.uk", "b.co.uk"], []],
    ["two cities of Japan", ["a.chiyoda.tokyo.jp", "b.chiyoda.tokyo.jp"], []],
    ["two users of one host", ["a.github.io", "b.github.io"], []],
  ])("has sixty services below %s", (_, below, expected) => {
    const mapping = (i: number) => `apiVersion: serving.knative.dev/v1beta1
kind: DomainMapping
metadata: {name: s${String(i)}.${below[i % below.length] ?? ""}, namespace: shop}
spec: {ref: {kind: Service, name: hello}}
`;
    const text = join(
      network("external-domain-tls: Enabled"),
      references({ issuerRef: letsEncrypt }),
      domains("apps.example.com"),
      acme("letsencrypt", `{dns01: ${route53}}`),
      ...Array.from({ length: 60 }, (__, i) => mapping(i)),
    );
    expect(findingsIn(text)).toEqual(expected);
  });
});
