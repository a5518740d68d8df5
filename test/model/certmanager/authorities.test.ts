import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/engine/facts.ts";
import { authorities } from "../../../src/model/certmanager/authorities.ts";
import { inventoryOf } from "../../support/world.ts";

const issuer = (name: string, kind = "ClusterIssuer", namespace = "") =>
  `{apiVersion: cert-manager.io/v1, kind: ${kind}, metadata: {name: ${name}${namespace && `, namespace: ${namespace}`}}, spec: {ca: {secretName: ${name}}}}`;
const ca = (name: string, signer: string, namespace = "cert-manager") =>
  `{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: ${name}, namespace: ${namespace}}, spec: {isCA: true, secretName: ${name}, issuerRef: {kind: ClusterIssuer, name: ${signer}}}}`;
const config = (name: string) =>
  `{apiVersion: v1, kind: ConfigMap, metadata: {name: config-certmanager, namespace: knative-serving}, data: ${["issuerRef", "clusterLocalIssuerRef", "systemInternalIssuerRef"].map((key, i) => `${i === 0 ? "{" : ""}${key}: "name: ${name}"`).join(", ")}}}`;

function found(...documents: readonly string[]): readonly string[] {
  const world = inventoryOf({ "a.yaml": documents.join("\n---\n") }, { complete: true });
  return factsOf(world)(authorities).map(
    ({ issuer: one, secret, certificates }) =>
      `${one.kind}/${one.name} ${secret.namespace}/${secret.name} ${certificates.map(({ name }) => name).join(",")}`,
  );
}

describe("the authorities behind Knative's certificates", () => {
  it("are the issuers that config-certmanager names, and those that sign their CAs", () => {
    expect(
      found(
        config("leafs"),
        issuer("leafs"),
        ca("leafs", "middle"),
        issuer("middle"),
        ca("middle", "top"),
        issuer("top"),
        issuer("other"),
        ca("other", "top"),
      ),
    ).toEqual([
      "ClusterIssuer/leafs cert-manager/leafs leafs",
      "ClusterIssuer/middle cert-manager/middle middle",
      "ClusterIssuer/top cert-manager/top ",
    ]);
  });

  it("are all CA issuers where config-certmanager is not known", () => {
    const world = inventoryOf({ "a.yaml": [issuer("a"), issuer("b")].join("\n---\n") });
    const all = factsOf(world)(authorities);
    expect(all.map(({ mayBeAsked }) => mayBeAsked)).toEqual([true, true]);
  });

  it("count the issuer that Eventing names by itself", () => {
    expect(
      found(config("letsencrypt"), issuer("knative-eventing-ca-issuer"), issuer("other")),
    ).toEqual([
      "ClusterIssuer/knative-eventing-ca-issuer cert-manager/knative-eventing-ca-issuer ",
    ]);
  });

  it("tell which of them Knative asks", () => {
    const documents = [config("leafs"), issuer("leafs"), ca("leafs", "top"), issuer("top")];
    const world = inventoryOf({ "a.yaml": documents.join("\n---\n") }, { complete: true });
    const all = factsOf(world)(authorities);
    expect(all.map(({ issuer: one, mayBeAsked }) => [one.name, mayBeAsked])).toEqual([
      ["leafs", true],
      ["top", false],
    ]);
  });

  it("read the Secret of an Issuer in its own namespace, and never end in a circle", () => {
    const kind = `{apiVersion: v1, kind: ConfigMap, metadata: {name: config-certmanager, namespace: knative-serving}, data: {issuerRef: "{kind: Issuer, name: a}", clusterLocalIssuerRef: "name: b", systemInternalIssuerRef: "name: b"}}`;
    expect(
      found(kind, issuer("a", "Issuer", "shop"), issuer("b"), ca("b", "b"), ca("a", "b", "shop")),
    ).toEqual(["ClusterIssuer/b cert-manager/b b", "Issuer/a shop/a a"]);
  });
});
