import { expect, it } from "vitest";
import { factsOf } from "../../src/engine/facts.ts";
import { graph } from "../../src/trust/graph/fact.ts";
import { recording } from "../support/recordings.ts";

function trusting(name: string): readonly string[] {
  const { inventory, now } = recording(name);
  return factsOf(inventory)(graph)(now)
    .edges.filter(({ type }) => type === "trusts")
    .map(({ from, to }) => `${from} -> ${to}`);
}

it("draws trust only where a reader keeps a certificate", () => {
  const bundle = "ConfigMap/knative-serving/bundle";
  const activator = `activator in knative-serving -> ${bundle}`;
  expect(trusting("15b-no-ca-crt-bundle")).toEqual([
    activator,
    `kourier-gateway in kourier-system -> ${bundle}`,
  ]);
  expect(trusting("15c-no-ca-crt-comment-after-pem")).toEqual([activator]);
});
