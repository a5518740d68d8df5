import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { nameOf } from "../../src/model/object.ts";
import { analyzed } from "../support/analyze.ts";
import { inventoryOf } from "../support/world.ts";

const rules = ["KC201", "KC202", "KC204", "KC205", "KC206", "KC219"];
const byDefault = "ClusterIssuer/knative-selfsigned-issuer";

function reference(name: string): string {
  return `kind: ClusterIssuer\nname: ${name}\n`;
}

function configMap(name: string, data: JsonObject): JsonObject {
  const metadata = { name, namespace: "knative-serving" };
  return { apiVersion: "v1", kind: "ConfigMap", metadata, data };
}

interface Setup {
  readonly network?: JsonObject;
  readonly certManager?: JsonObject;
  readonly complete?: boolean;
}

/** The rules that could not judge the default issuer, and what they found. */
function said({ network = {}, certManager = {}, complete = false }: Setup): readonly string[] {
  const items = [
    configMap("config-network", network),
    configMap("config-certmanager", certManager),
  ];
  const list = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  const { worlds, findings } = analyzed([inventoryOf({ "a.json": list }, { complete })], {
    select: rules,
  });
  const gaps = worlds
    .flatMap(({ coverage }) => coverage.notEvaluated)
    .filter(({ subject }) => subject && nameOf(subject) === byDefault);
  return [
    ...gaps.map(({ code }) => code),
    ...findings.map(({ code, severity, messageId }) => `${code} ${severity} ${messageId}`),
  ];
}

describe("the default issuer", () => {
  const internal = { "system-internal-tls": "enabled" };
  const written = { systemInternalIssuerRef: reference("knative-ca") };

  it("concerns nobody where no feature that is on uses it, and nobody has seen it", () => {
    expect(said({ network: internal, certManager: written })).toEqual([]);
    expect(said({})).toEqual([]);
  });

  it("is not evaluated where a feature uses it", () => {
    expect(said({ network: internal })).toEqual(rules);
    const external = { ...internal, "external-domain-tls": "enabled" };
    expect(said({ network: external, certManager: written })).toEqual(rules);
  });

  it("is not evaluated where it is written", () => {
    const certManager = { ...written, issuerRef: reference("knative-selfsigned-issuer") };
    expect(said({ network: internal, certManager })).toEqual(rules);
  });

  it("is not evaluated where it is not known which features are on", () => {
    const network = { "system-internal-tls": "perhaps" };
    expect(said({ network, certManager: written })).toEqual(rules);
  });

  it("is still told to be missing where that is known", () => {
    expect(said({ network: internal, certManager: written, complete: true })).toContain(
      "KC201 info defaultMissing",
    );
  });
});
