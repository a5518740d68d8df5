import { adler32 } from "../../../src/model/go/checksums.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { ca, leaf, type Issued } from "../../support/pki/issue.ts";

/** A dump of a cluster with so many namespaces, a service in each, and every TLS feature on; four certificates to a namespace. */
export function cluster(namespaces: number): string {
  const authority = ca({ subject: "knative-ca", key: "bench ca" });
  const items = [
    ...platform(authority),
    ...Array.from({ length: namespaces }, (_, i) => namespaceWith(i, authority)).flat(),
  ];
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}

function platform(authority: Issued): readonly JsonObject[] {
  const data = {
    "ingress-class": "kourier.ingress.networking.knative.dev",
    "external-domain-tls": "enabled",
    "cluster-local-domain-tls": "enabled",
    "system-internal-tls": "enabled",
  };
  const labels = { "networking.knative.dev/trust-bundle": "true" };
  return [
    object("v1", "ConfigMap", "knative-serving", "config-network", { data }),
    object("v1", "ConfigMap", "knative-serving", "config-domain", { data: { "example.com": "" } }),
    object("v1", "ConfigMap", "knative-serving", "bundle", { data: { ca: authority.pem } }, labels),
    secret("knative-serving", "routing-serving-certs", authority, [
      "kn-routing",
      "data-plane.knative.dev",
    ]),
  ];
}

function namespaceWith(index: number, authority: Issued): readonly JsonObject[] {
  const name = `team-${String(index)}`;
  const tags = index % 2 === 0 ? ["v1"] : [];
  const uid = `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
  const traffic = tags.map((tag) => ({ tag, percent: 100 }));
  const spec = { spec: { traffic } };
  const hosts = ["", ...tags].flatMap((tag) => {
    const host = tag === "" ? "hello" : `${tag}-hello`;
    const base = tag === "" ? `route-${uid}` : `route-${uid}-${String(adler32(tag))}`;
    const local = [`${host}.${name}`, `${host}.${name}.svc`, `${host}.${name}.svc.cluster.local`];
    return [
      secret(name, base, authority, [`${host}.${name}.example.com`]),
      secret(name, `${base}-local`, authority, local),
    ];
  });
  return [
    object("serving.knative.dev/v1", "Service", name, "hello", spec),
    object("serving.knative.dev/v1", "Route", name, "hello", spec, {}, uid),
    secret(name, "serving-certs", authority, [`kn-user-${name}`, "data-plane.knative.dev"]),
    ...hosts,
  ];
}

/** Each with a key of its own. */
function secret(
  namespace: string,
  name: string,
  authority: Issued,
  dns: readonly string[],
): JsonObject {
  const issued = leaf(authority, { dns, key: `${namespace}/${name}` });
  const data = {
    "ca.crt": base64(authority.pem),
    "tls.crt": base64(issued.pem),
    "tls.key": base64("REDACTED"),
  };
  return object("v1", "Secret", namespace, name, { type: "kubernetes.io/tls", data });
}

function object(
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
  rest: JsonObject,
  labels: JsonObject = {},
  uid = `${kind}-${namespace}-${name}`,
): JsonObject {
  return { apiVersion, kind, metadata: { namespace, name, uid, labels }, ...rest };
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
