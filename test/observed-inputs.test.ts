import { describe, expect, it } from "vitest";
import { record, type JsonObject } from "../src/model/json.ts";
import { kinds, type Kind } from "../src/model/kinds.ts";
import { isRoot } from "../src/rule/finding.ts";
import { analyzed } from "./support/analyze.ts";
import { ca, leaf, type Issued } from "./support/pki/issue.ts";
import { inventoryOf } from "./support/world.ts";

const now = new Date("2026-06-01T00:00:00Z");
let uids = 0;

/** An object as a cluster gives it. */
function seen(kind: Kind, name: string, content: JsonObject = {}, namespace = ""): JsonObject {
  const { group, versions, kind: written } = kinds[kind];
  const metadata = {
    name,
    ...(namespace && { namespace }),
    uid: `uid-${String(uids++)}`,
    generation: 1,
    ...record(content, "metadata"),
  };
  const apiVersion = group === "" ? versions[0] : `${group}/${versions[0]}`;
  return { apiVersion, kind: written, ...content, metadata };
}

/** "severity code" of what the input is blamed for. */
function findingsIn(objects: readonly JsonObject[], select: readonly string[]): readonly string[] {
  const text = objects.map((one) => JSON.stringify(one)).join("\n---\n");
  const { findings } = analyzed([inventoryOf({ "a.yaml": text })], { now, select });
  return findings.filter(isRoot).map(({ severity, code }) => `${severity} ${code}`);
}

const ready = [
  { type: "Ready", status: "True", reason: "Ready", message: "", observedGeneration: 1 },
];

function base64(text: string): string {
  return Buffer.from(text, "latin1").toString("base64");
}

function secret(namespace: string, name: string, chain: readonly Issued[], caCrt: Issued) {
  const data = {
    "tls.crt": base64(chain.map(({ pem }) => pem).join("")),
    "tls.key": "REDACTED",
    "ca.crt": base64(caCrt.pem),
  };
  return seen("Secret", name, { data }, namespace);
}

const serving = "knative-serving";
const systemInternal = [
  seen(
    "ConfigMap",
    "config-network",
    {
      data: {
        "system-internal-tls": "enabled",
        "ingress-class": "kourier.ingress.networking.knative.dev",
      },
    },
    serving,
  ),
  seen(
    "ConfigMap",
    "config-certmanager",
    { data: { systemInternalIssuerRef: "name: knative-ca" } },
    serving,
  ),
  seen("ClusterIssuer", "knative-ca", {
    spec: { ca: { secretName: "knative-ca" } },
    status: { conditions: ready },
  }),
  seen("KService", "hello", {}, "shop"),
];

function caCertificate(name: string, signer: string, namespace: string, status: JsonObject) {
  const spec = {
    isCA: true,
    commonName: name,
    secretName: name,
    duration: "87600h",
    renewBefore: "8760h",
    issuerRef: { kind: "ClusterIssuer", name: signer },
    privateKey: { rotationPolicy: "Always" },
  };
  return seen("Certificate", name, { spec, status: { conditions: ready, ...status } }, namespace);
}

/** The Certificate behind a KCertificate. */
function asked(namespace: string, name: string, first: string): JsonObject {
  const metadata = {
    labels: { "networking.knative.dev/certificate-type": "system-internal" },
    ownerReferences: [
      {
        apiVersion: "networking.internal.knative.dev/v1alpha1",
        kind: "Certificate",
        name,
        uid: "k",
      },
    ],
  };
  const spec = {
    secretName: name,
    dnsNames: [first, "data-plane.knative.dev"],
    issuerRef: { kind: "ClusterIssuer", name: "knative-ca" },
  };
  return seen("Certificate", name, { metadata, spec, status: { conditions: ready } }, namespace);
}

describe("a cluster where", () => {
  it("an intermediate CA got a new key, while everybody trusts the root above it", () => {
    const root = ca({ subject: "root", until: "2036-01-01T00:00:00Z" });
    const before = ca({ subject: "knative-ca", key: "before" }, root);
    const after = ca({ subject: "knative-ca", key: "after" }, root);
    const routing = leaf(before, { dns: ["kn-routing", "data-plane.knative.dev"] });
    const objects = [
      ...systemInternal,
      seen("ClusterIssuer", "root", {
        spec: { ca: { secretName: "root" } },
        status: { conditions: ready },
      }),
      caCertificate("knative-ca", "root", "cert-manager", {}),
      secret("cert-manager", "knative-ca", [after], root),
      secret("cert-manager", "root", [root], root),
      secret(serving, "routing-serving-certs", [routing, before], root),
      secret("shop", "serving-certs", [leaf(after), after], root),
      asked(serving, "routing-serving-certs", "kn-routing"),
      asked("shop", "serving-certs", "kn-user-shop"),
      seen(
        "ConfigMap",
        "bundle",
        {
          metadata: { labels: { "networking.knative.dev/trust-bundle": "true" } },
          data: { "ca.crt": root.pem },
        },
        serving,
      ),
    ];
    expect(findingsIn(objects, ["KC3", "KC4", "KC5", "KC6"])).toEqual(["info KC401"]);
  });

  it("the CA of somebody else is not renewed", () => {
    const objects = [
      ...systemInternal,
      caCertificate("db-ca", "boot", "db", {
        renewalTime: "2026-05-01T00:00:00Z",
        notAfter: "2026-07-01T00:00:00Z",
      }),
    ];
    expect(findingsIn(objects, ["KC317"])).toEqual([]);
  });

  it("a certificate is not renewed that a DomainMapping brings", () => {
    const spec = {
      secretName: "www",
      dnsNames: ["www.example.com"],
      issuerRef: { name: "letsencrypt" },
    };
    const status = {
      conditions: ready,
      renewalTime: "2026-05-01T00:00:00Z",
      notAfter: "2026-07-01T00:00:00Z",
    };
    const objects = [
      seen("DomainMapping", "www.example.com", { spec: { tls: { secretName: "www" } } }, "shop"),
      seen("Certificate", "www", { spec, status }, "shop"),
    ];
    expect(findingsIn(objects, ["KC317"])).toEqual(["error KC317"]);
  });

  it("a certificate is not renewed that Eventing serves with", () => {
    const spec = {
      secretName: "imc-dispatcher-server-tls",
      dnsNames: ["x"],
      issuerRef: { kind: "ClusterIssuer", name: "knative-eventing-ca-issuer" },
    };
    const status = {
      conditions: ready,
      renewalTime: "2026-05-01T00:00:00Z",
      notAfter: "2026-07-01T00:00:00Z",
    };
    const objects = [
      seen(
        "ConfigMap",
        "config-features",
        { data: { "transport-encryption": "strict" } },
        "knative-eventing",
      ),
      seen("Certificate", "imc-dispatcher-server-tls", { spec, status }, "knative-eventing"),
    ];
    expect(findingsIn(objects, ["KC317"])).toEqual(["error KC317"]);
  });
});
