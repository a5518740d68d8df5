import { describe, expect, it } from "vitest";
import { isRoot } from "../src/rule/finding.ts";
import { analyzed } from "./support/analyze.ts";
import {
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
});
