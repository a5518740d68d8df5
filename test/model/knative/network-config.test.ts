import { describe, expect, it } from "vitest";
import {
  certificatesWanted,
  readNetworkConfig,
  type NetworkConfig,
} from "../../../src/model/knative/network-config.ts";
import { readSettings } from "../../../src/model/knative/settings.ts";
import { inventoryOf } from "../../support/world.ts";

const source = "knative/networking pkg/config/config.go NewConfigFromMap";

function network(data: Readonly<Record<string, string>>): NetworkConfig {
  const configMap = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "config-network", namespace: "knative-serving" },
    data,
  };
  const settings = readSettings(
    inventoryOf({ "config.json": JSON.stringify(configMap) }),
    "config-network",
  );
  if (!settings.known || !settings.value) throw new Error("the ConfigMap was not read");
  return readNetworkConfig(settings.value);
}

type Data = Readonly<Record<string, string>>;
type Row = readonly [data: Data, outcome: string | boolean];

/** What `pick` gives, or the error with which Go refuses the whole ConfigMap. */
function same(
  name: string,
  rows: readonly Row[],
  pick: (config: NetworkConfig) => string | boolean,
): void {
  describe(name, () => {
    it.each(rows)("%o gives %s", (data, outcome) => {
      const config = network(data);
      const [error] = config.errors;
      if (error) expect(error.message).toContain(String(outcome));
      else expect(pick(config)).toBe(outcome);
    });
  });
}

describe(source, () => {
  same(
    "external-domain-tls",
    [
      [{}, false],
      [{ "external-domain-tls": "Enabled" }, true],
      [{ "external-domain-tls": "enabled" }, true],
      [{ "external-domain-tls": "ENABLED" }, true],
      [{ "external-domain-tls": "Disabled" }, false],
      [{ "external-domain-tls": "true" }, false],
      [{ "external-domain-tls": "on" }, false],
      [{ "external-domain-tls": "Enabled " }, false],
      [{ "external-domain-tls": "" }, false],
      [{ "auto-tls": "Enabled" }, true],
      [{ autoTLS: "Enabled" }, true],
      [{ autoTLS: "Enabled", "auto-tls": "Disabled" }, false],
      [{ "auto-tls": "Enabled", "external-domain-tls": "Disabled" }, false],
      [{ "auto-tls": "Disabled", "external-domain-tls": "Enabled" }, true],
    ],
    ({ externalDomainTls }) => externalDomainTls.value,
  );
  same(
    "cluster-local-domain-tls",
    [
      [{}, false],
      [{ "cluster-local-domain-tls": "" }, false],
      [{ "cluster-local-domain-tls": "Disabled" }, false],
      [{ "cluster-local-domain-tls": "enabled" }, true],
      [
        { "cluster-local-domain-tls": "true" },
        'cluster-local-domain-tls with value: "true" in config-network ConfigMap is not supported',
      ],
      [
        { "cluster-local-domain-tls": "Enabled " },
        'cluster-local-domain-tls with value: "Enabled "',
      ],
    ],
    ({ clusterLocalDomainTls }) => clusterLocalDomainTls.value,
  );
  same(
    "system-internal-tls and internal-encryption",
    [
      [{}, false],
      [{ "system-internal-tls": "Enabled" }, true],
      [{ "system-internal-tls": "disabled" }, false],
      [
        { "system-internal-tls": "yes" },
        'system-internal-tls with value: "yes" in config-network ConfigMap is not supported',
      ],
      [{ "internal-encryption": "true" }, true],
      [{ "internal-encryption": "false" }, false],
      [
        { "internal-encryption": "enabled" },
        'failed to parse "internal-encryption": strconv.ParseBool: parsing "enabled": invalid syntax',
      ],
      [{ "system-internal-tls": "disabled", "internal-encryption": "true" }, true],
      [{ "system-internal-tls": "", "internal-encryption": "true" }, true],
      [{ "system-internal-tls": "enabled", "internal-encryption": "false" }, true],
    ],
    ({ systemInternalTls }) => systemInternalTls.value,
  );
  same(
    "http-protocol",
    [
      [{}, "enabled"],
      [{ "http-protocol": "" }, "enabled"],
      [{ "http-protocol": "Redirected" }, "redirected"],
      [{ "http-protocol": "Disabled" }, "disabled"],
      [{ httpProtocol: "Redirected" }, "redirected"],
      [{ httpProtocol: "Redirected", "http-protocol": "Enabled" }, "enabled"],
      [{ "http-protocol": "off" }, "httpProtocol off in config-network ConfigMap is not supported"],
      [{ httpProtocol: "off" }, "httpProtocol  in config-network ConfigMap is not supported"],
    ],
    ({ httpProtocol }) => httpProtocol.value,
  );
  same(
    "certificate-class",
    [
      [{}, "cert-manager.certificate.networking.knative.dev"],
      [{ "certificate-class": " other " }, "other"],
      [{ "certificate.class": "old" }, "old"],
      [{ "certificate.class": "old", "certificate-class": "new" }, "new"],
      [{ "certificate-class": "" }, ""],
    ],
    ({ certificateClass }) => certificateClass.value,
  );
  same(
    "ingress-class",
    [
      [{}, "istio.ingress.networking.knative.dev"],
      [
        { "ingress-class": "kourier.ingress.networking.knative.dev" },
        "kourier.ingress.networking.knative.dev",
      ],
      [{ "ingress.class": "old" }, "old"],
      [{ "ingress.class": "old", "ingress-class": "new" }, "new"],
    ],
    ({ ingressClass }) => ingressClass.value,
  );
  same(
    "namespace-wildcard-cert-selector",
    [
      [{}, "off"],
      [{ "namespace-wildcard-cert-selector": "" }, "off"],
      [{ "namespace-wildcard-cert-selector": "null" }, "off"],
      [{ "namespace-wildcard-cert-selector": "{}" }, "everything"],
      [{ "namespace-wildcard-cert-selector": "matchLabels:\n  a: b\n" }, "some"],
      [{ "namespace-wildcard-cert-selector": "matchLabels:\n  a: 1\n" }, "some"],
      [
        { "namespace-wildcard-cert-selector": "matchExpressions:\n- {key: a, operator: Exists}\n" },
        "some",
      ],
      [
        { "namespace-wildcard-cert-selector": "matchExpressions:\n- {key: a, operator: Like}\n" },
        'matchExpressions: a: "Like" is not a valid label selector operator',
      ],
      [{ "namespace-wildcard-cert-selector": "all" }, "cannot unmarshal"],
      [
        { "namespace-wildcard-cert-selector": "matchExpressions:\n  key: a\n" },
        "cannot unmarshal object into Go struct field LabelSelector.matchExpressions",
      ],
      [{ "namespace-wildcard-cert-selector": "matchLabels: a\n" }, "cannot unmarshal string"],
      [{ "namespace-wildcard-cert-selector": "[" }, ""],
    ],
    ({ wildcardSelector }) => {
      if (!wildcardSelector) return "off";
      if (!wildcardSelector.value.known) return wildcardSelector.value.why;
      return wildcardSelector.value.value.everything ? "everything" : "some";
    },
  );
  same(
    "domain-template",
    [
      [{}, "{{.Name}}.{{.Namespace}}.{{.Domain}}"],
      [
        { "domain-template": "{{.Name}}-{{.Namespace}}.{{.Domain}}" },
        "{{.Name}}-{{.Namespace}}.{{.Domain}}",
      ],
      [{ domainTemplate: "{{.Name}}.{{.Domain}}" }, "{{.Name}}.{{.Domain}}"],
      [{ "domain-template": "{{.Nam}}.x" }, "can't evaluate field Nam"],
      [{ "domain-template": "{{.Name" }, "unclosed action"],
      [{ "domain-template": "{{.Name}}/x" }, "domain template has url path: /x"],
      [{ "domain-template": "" }, "empty hostname"],
    ],
    ({ domainTemplate }) => domainTemplate.value,
  );
  same(
    "tag-template",
    [
      [{}, "{{.Tag}}-{{.Name}}"],
      [{ "tag-template": "{{.Name}}-{{.Tag}}" }, "{{.Name}}-{{.Tag}}"],
      [{ tagTemplate: "{{.Tag}}" }, "{{.Tag}}"],
      [{ "tag-template": "{{.Namespace}}" }, "can't evaluate field Namespace"],
    ],
    ({ tagTemplate }) => tagTemplate.value,
  );
  same(
    "other keys that can refuse the ConfigMap",
    [
      [{ "autocreate-cluster-domain-claims": "true" }, false],
      [
        { "autocreate-cluster-domain-claims": "yes" },
        'failed to parse "autocreate-cluster-domain-claims"',
      ],
      [{ autocreateClusterDomainClaims: "yes" }, 'failed to parse "autocreateClusterDomainClaims"'],
      [
        { "enable-mesh-pod-addressability": "on" },
        'failed to parse "enable-mesh-pod-addressability"',
      ],
      [{ "rollout-duration": "10" }, false],
      [{ "rollout-duration": "10s" }, 'failed to parse "rollout-duration"'],
      [{ "rollout-duration": "-1" }, "rollout-duration must be a positive integer, but was -1"],
      [{ "mesh-compatibility-mode": "whatever" }, false],
      [{ "default-external-scheme": "whatever" }, false],
      [{ "no-such-key": "whatever" }, false],
      [{ "dataplane-trust": "mutual", "activator-ca": "x" }, false],
    ],
    certificatesWanted,
  );
});

describe("IsNetCertManagerControllerRequired (knative/serving pkg/networking/util.go)", () => {
  it.each([
    [{}, false],
    [{ "external-domain-tls": "Enabled" }, true],
    [{ "cluster-local-domain-tls": "Enabled" }, true],
    [{ "system-internal-tls": "Enabled" }, true],
    [{ "namespace-wildcard-cert-selector": "{}" }, true],
  ] as const)("%o gives %s", (data, wanted) => {
    expect(certificatesWanted(network(data))).toBe(wanted);
  });
});
