import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { of, type KubeObject } from "./api.ts";
import { startCluster, type Cluster } from "./cluster.ts";
import { pemOf } from "./healthy.ts";
import { isReady } from "./conditions.ts";
import { installKnative, type Knative } from "./knative.ts";
import { allHold, observe } from "./observe.ts";
import { handshakesBeside, reported, roots } from "./report.ts";

const page = (name: string) => readFileSync(`examples/documentation-page/${name}.yaml`, "utf8");
const day = 24 * 60 * 60 * 1000;

describe("the documentation page, applied verbatim", () => {
  let cluster: Cluster;
  let knative: Knative;

  beforeAll(async () => {
    cluster = await startCluster();
    await cluster.startCertManager();
    await cluster.apply(page("issuers"));
    knative = await installKnative(cluster, {
      recording: "02-documentation-page",
      without: [of("ConfigMap", "knative-serving", "knative-bundle")],
    });
    await cluster.apply(page("config-certmanager"));
    await cluster.apply(page("trust-bundle"));
    await knative.issued();
  });
  afterAll(() => cluster?.stop());

  const caPem = () => pemOf(cluster.api, of("Secret", "cert-manager", "knative-selfsigned-ca"));
  const certificates = async () =>
    (await cluster.api.list("Certificate")).filter(
      ({ metadata }) => metadata.namespace !== "cert-manager",
    );

  it("has issuers that become Ready", async () => {
    for (const name of ["cluster-selfsigned-issuer", "knative-selfsigned-issuer"])
      await expect(cluster.api.wait(of("ClusterIssuer", name), isReady)).resolves.toBeDefined();
  });

  it("has the CA that the page asks for", async () => {
    const ca = new X509Certificate(await caPem());
    expect(ca.subject).toBe("CN=knative.dev");
    expect(ca.checkIssued(ca) && ca.ca).toBe(true);
    expect((Date.parse(ca.validTo) - Date.parse(ca.validFrom)) / day).toBe(90);
  });

  it("has a certificate of that CA for everything that Knative asked for", async () => {
    const ca = new X509Certificate(await caPem());
    const asked = await certificates();
    expect(asked.map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining(["routing-serving-certs", "serving-certs"]),
    );
    expect(asked.length).toBe(6);
    for (const certificate of asked) {
      const { dnsNames, secretName } = certificate.spec as {
        dnsNames: string[];
        secretName: string;
      };
      const secret = of("Secret", certificate.metadata.namespace ?? "", secretName);
      const leaf = new X509Certificate(await pemOf(cluster.api, secret));
      expect(leaf.verify(ca.publicKey)).toBe(true);
      expect(leaf.subjectAltName?.split(", ")).toEqual(dnsNames.map((name) => `DNS:${name}`));
      expect(await pemOf(cluster.api, secret, "ca.crt")).toBe(await caPem());
    }
  });

  it("has handshakes that hold", async () => {
    const observed = await observe(cluster);
    expect(observed).toEqual(allHold);
    expect(await handshakesBeside(cluster, observed)).toEqual(observed);
  });

  it("is reported as the objects show it", async () => {
    const report = await reported(cluster);
    expect(roots(report, ["error", "warning", "info"])).toEqual([
      "KC109 ConfigMap/knative-serving/config-certmanager",
      "KC129 ConfigMap/knative-serving/config-certmanager",
      "KC206 ClusterIssuer/knative-selfsigned-issuer",
      "KC401 Certificate/cert-manager/knative-selfsigned-ca",
      "KC402 Certificate/cert-manager/knative-selfsigned-ca",
      "KC508 ConfigMap/knative-serving/knative-bundle",
      "KC510 ConfigMap/knative-serving/config-network",
    ]);
    const gaps = report.clusters.flatMap(({ coverage }) => coverage.notEvaluated);
    // Nothing runs the Deployments here.
    expect(gaps.map(({ code, why }) => `${code}: ${why}`)).toEqual(
      ["activator", "controller"].map(
        (name) => `KC116: no running pod of Deployment/knative-serving/${name} was seen`,
      ),
    );
    expect((await certificates()).filter((one: KubeObject) => !isReady(one))).toEqual([]);
  });
});
