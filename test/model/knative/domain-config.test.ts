import { expect, it } from "vitest";
import { readDomainConfig } from "../../../src/model/knative/domain-config.ts";
import { readSettings } from "../../../src/model/knative/settings.ts";
import { inventoryOf } from "../../support/world.ts";

function read(value: string | null) {
  const configMap = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "config-domain", namespace: "knative-serving" },
    data: { "example.com": value },
  };
  const files = { "config.json": JSON.stringify(configMap) };
  const settings = readSettings(inventoryOf(files), "config-domain");
  if (!settings.known || !settings.value) throw new Error("the ConfigMap was not read");
  const { domains, errors } = readDomainConfig(settings.value, "cluster.local");
  const [error] = errors;
  if (error) return error.message;
  return domains.map(({ name, selector, wildcard, ignored }) => ({
    name,
    selector: [...selector].map((label) => label.join("=")).join(","),
    wildcard,
    ignored: ignored.join(","),
  }));
}

const forEveryRoute = { name: "example.com", selector: "", wildcard: true, ignored: "" };
const builtIn = { ...forEveryRoute, name: "svc.cluster.local" };

// What sigs.k8s.io/yaml v1.6.0 makes of these values (serving pkg/reconciler/route/config/domain.go).
it.each([
  ["no value at all", null, [forEveryRoute]],
  ["an empty value", "", [forEveryRoute]],
  ["labels without a selector", "app: x", [{ ...forEveryRoute, ignored: "app" }]],
  ["a misspelt selector", "selectors:\n  app: x", [{ ...forEveryRoute, ignored: "selectors" }]],
  [
    "a selector in another case",
    "Selector:\n  app: 1",
    [{ ...forEveryRoute, selector: "app=1", wildcard: false }, builtIn],
  ],
  [
    "a selector and a type",
    "selector:\n  app: x\ntype: wildcard",
    [{ ...forEveryRoute, selector: "app=x" }, builtIn],
  ],
])("%s is read as Go reads it", (_name, value, domains) => {
  expect(read(value)).toEqual(domains);
});

it.each([
  ["x", "string into Go value of type config.domainInternalConfig"],
  ["- a", "array into Go value of type config.domainInternalConfig"],
  [
    "selector: app",
    "string into Go struct field domainInternalConfig.selector of type map[string]string",
  ],
  [
    "selector:\n  app: [x]",
    "array into Go struct field domainInternalConfig.selector of type string",
  ],
])("%j is refused as Go refuses it", (value, message) => {
  expect(read(value)).toBe(`json: cannot unmarshal ${message}`);
});
