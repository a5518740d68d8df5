import { describe, expect, it } from "vitest";
import { factsOf } from "../../src/engine/facts.ts";
import { isRoot } from "../../src/rule/finding.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { KubeObject } from "../../src/model/object.ts";
import { handshakes } from "../../src/trust/facts.ts";
import type { Handshake } from "../../src/trust/handshake.ts";
import { analyzed } from "../support/analyze.ts";
import { inventory, object } from "../support/objects.ts";
import { ca, leaf, type Issued } from "../support/pki/issue.ts";

const now = new Date("2026-06-01T00:00:00Z");
const eventing = "knative-eventing";
const authority = ca({ subject: "eventing-ca" });
const stranger = ca({ subject: "stranger" });
const host = "broker-ingress.knative-eventing.svc.cluster.local";
const server = leaf(authority, { dns: [host], key: "broker-ingress" });

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function seen(
  kind: "ConfigMap" | "Secret" | "Broker",
  name: string,
  content: JsonObject,
): KubeObject {
  const metadata = { uid: name, ...(content["metadata"] as JsonObject | undefined) };
  return object(kind, name, { ...content, metadata }, kind === "Broker" ? "shop" : eventing);
}

const features = (mode: string) =>
  seen("ConfigMap", "config-features", { data: { "transport-encryption": mode } });
const deployment = object("Deployment", "mt-broker-ingress", { metadata: { uid: "d" } }, eventing);
const secret = (crt: Issued, caCrt?: string) =>
  seen("Secret", "mt-broker-ingress-server-tls", {
    data: {
      "tls.crt": base64(crt.pem),
      "tls.key": base64("REDACTED"),
      ...(caCrt !== undefined && { "ca.crt": base64(caCrt) }),
    },
  });
const bundle = (label: string, content: JsonObject) =>
  seen("ConfigMap", "bundle", {
    metadata: { uid: "b", labels: { "networking.knative.dev/trust-bundle": label } },
    ...content,
  });

const broker = (CACerts: string) =>
  seen("Broker", "default", {
    status: { address: { url: `https://${host}/shop/default`, CACerts } },
  });

function rows(...objects: readonly KubeObject[]): readonly Handshake[] {
  const world = inventory([features("Strict"), deployment, ...objects]);
  return factsOf(world)(handshakes)(now);
}

function verdict(...objects: readonly KubeObject[]) {
  const [row] = rows(...objects);
  return [row?.verdict, row?.reason?.code ?? null];
}

describe("handshakes of Eventing", () => {
  it("are those of the servers that are installed", () => {
    expect(rows(secret(server, authority.pem))).toMatchObject([
      {
        dialer: { component: "broker-filter", namespace: eventing },
        endpoint: { component: "broker-ingress", namespace: eventing },
        serverNames: [host],
        verdict: "holds",
        until: "2027-01-01T00:00:00Z",
      },
    ]);
  });

  it.each(["disabled", "Enabled", "nonsense"])("are none with %s", (mode) => {
    const world = inventory([features(mode), deployment, secret(server, authority.pem)]);
    expect(factsOf(world)(handshakes)(now)).toEqual([]);
  });

  it("rest on bundles whose label is exactly true, binaryData included", () => {
    const none = secret(server, stranger.pem);
    expect(verdict(none)).toEqual(["fails", "unknown-authority"]);
    expect(verdict(none, bundle("true", { data: { ca: authority.pem } }))).toEqual(["holds", null]);
    expect(verdict(none, bundle("true", { binaryData: { ca: base64(authority.pem) } }))).toEqual([
      "holds",
      null,
    ]);
    expect(verdict(none, bundle("yes", { data: { ca: authority.pem } }))).toEqual([
      "fails",
      "unknown-authority",
    ]);
  });

  it("rest on the CAs that an address advertises, before those in the Secret", () => {
    expect(verdict(secret(server, stranger.pem), broker(authority.pem))).toEqual(["holds", null]);
    expect(verdict(secret(server, authority.pem), broker(stranger.pem))).toEqual([
      "fails",
      "unknown-authority",
    ]);
    expect(verdict(secret(server, authority.pem), broker("nothing"))).toEqual([
      "fails",
      "dialer-cannot-start",
    ]);
  });

  it("are not known where a public CA may have signed", () => {
    expect(verdict(secret(server))).toEqual(["unknown", "unknown-authority"]);
    const old = leaf(authority, { dns: [host], key: "old", until: "2026-02-01T00:00:00Z" });
    expect(verdict(secret(old))).toEqual(["fails", "expired"]);
    const other = leaf(authority, { dns: ["elsewhere"], key: "other" });
    expect(verdict(secret(other))).toEqual(["fails", "name"]);
  });

  it("fail without a Secret", () => {
    expect(verdict()).toEqual(["fails", "no-certificate"]);
  });
});

const certificate = (...dnsNames: readonly string[]) =>
  object(
    "Certificate",
    "mt-broker-ingress-server-tls",
    { metadata: { uid: "c" }, spec: { dnsNames } },
    eventing,
  );

describe("a failing handshake of Eventing is one finding", () => {
  const old = leaf(authority, { dns: [host], key: "old", until: "2026-02-01T00:00:00Z" });
  const other = leaf(authority, { dns: ["elsewhere"], key: "other" });
  const issuer = object("ClusterIssuer", "knative-eventing-ca-issuer", { metadata: { uid: "i" } });
  it.each<readonly [what: string, roots: string, objects: readonly KubeObject[]]>([
    ["none", "", [secret(server, authority.pem), certificate(host)]],
    ["an expired certificate", "KC501", [secret(old, authority.pem), certificate(host)]],
    ["no Secret", "KC501", [certificate(host)]],
    ["no Certificate", "KC702", []],
    ["a name that is not asked for", "KC703", [secret(other, authority.pem), certificate("x")]],
    ["a name that is not there", "KC501", [secret(other, authority.pem), certificate(host)]],
    ["another CA in ca.crt", "KC501", [secret(server, stranger.pem), certificate(host)]],
    [
      "another CA in the address",
      "KC704",
      [secret(server, authority.pem), certificate(host), broker(stranger.pem)],
    ],
    [
      "an address without a CA that is one",
      "KC704",
      [secret(server, authority.pem), certificate(host), broker("nothing")],
    ],
  ])("%s", (_what, roots, objects) => {
    const world = inventory([features("Strict"), deployment, issuer, ...objects]);
    const { findings } = analyzed([world], {
      now,
      select: ["KC501", "KC702", "KC703", "KC704"],
    });
    expect(findings.filter(isRoot).map(({ code }) => code)).toEqual(roots === "" ? [] : [roots]);
  });
});
