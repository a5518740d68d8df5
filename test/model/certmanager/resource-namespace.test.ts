import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/engine/facts.ts";
import { resourceNamespace } from "../../../src/model/certmanager/resource-namespace.ts";
import { plainEnvironment } from "../../../src/model/environment.ts";
import { inventory, object } from "../../support/objects.ts";

const labels = {
  "app.kubernetes.io/name": "cert-manager",
  "app.kubernetes.io/component": "controller",
};
const controller = (args: readonly string[]) =>
  object(
    "Deployment",
    "cm",
    { metadata: { labels }, spec: { template: { spec: { containers: [{ args }] } } } },
    "tls",
  );

describe("the namespace of ClusterIssuers' Secrets (cert-manager deploy/charts, internal/apis/config/controller)", () => {
  it.each([
    ["$(POD_NAMESPACE)", ["--cluster-resource-namespace=$(POD_NAMESPACE)"], "tls", true],
    ["a name", ["--v=2", "--cluster-resource-namespace=pki"], "pki", true],
    ["two words", ["--cluster-resource-namespace", "pki"], "pki", true],
    ["no flag: the default of the code", ["--v=2"], "kube-system", true],
    ["a configuration file", ["--config=/etc/c.yaml"], "tls", false],
    ["another variable", ["--cluster-resource-namespace=$(OTHER)"], "tls", false],
  ])("%s", (_what, args, name, sure) => {
    expect(factsOf(inventory([controller(args)]))(resourceNamespace)).toMatchObject({ name, sure });
  });

  it("is guessed without a controller", () => {
    expect(factsOf(inventory([]))(resourceNamespace)).toMatchObject({
      name: "cert-manager",
      sure: false,
    });
  });

  it("is what the user says", () => {
    const environment = {
      ...plainEnvironment,
      namespaces: { ...plainEnvironment.namespaces, clusterResource: "mine" },
    };
    expect(factsOf(inventory([controller([])], { environment }))(resourceNamespace)).toMatchObject({
      name: "mine",
      sure: true,
    });
  });
});
