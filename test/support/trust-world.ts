import { factsOf } from "../../src/engine/facts.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { KubeObject } from "../../src/model/object.ts";
import { handshakes } from "../../src/trust/facts.ts";
import type { Handshake } from "../../src/trust/handshake.ts";
import { inventory, object } from "./objects.ts";
import { ca, leaf, type Issued } from "./pki/issue.ts";

/** What of a cluster with system-internal-tls decides over trust; whatever is left out is as it should be. */
export interface TrustWorld {
  /** What queue-proxy in namespace shop presents. */
  readonly presented?: readonly Issued[];
  /** What the activator presents. */
  readonly routing?: Issued;
  /** The text of `ca.crt` of routing-serving-certs. Default: it has none. */
  readonly caCrt?: string;
  /** The data of each labelled ConfigMap in knative-serving. */
  readonly bundles?: readonly Readonly<Record<string, string>>[];
  readonly ingressClass?: string;
  readonly more?: readonly KubeObject[];
}

export const root = ca({ subject: "knative-ca" });
export const trustNow = new Date("2026-06-01T00:00:00Z");
const serving = "knative-serving";

export function trustObjects({
  presented = [leaf(root)],
  routing = leaf(root, { dns: ["kn-routing", "data-plane.knative.dev"] }),
  caCrt,
  bundles = [{ "ca.crt": root.pem }],
  ingressClass = "kourier",
  more = [],
}: TrustWorld): readonly KubeObject[] {
  return [
    object(
      "ConfigMap",
      "config-network",
      {
        data: {
          "system-internal-tls": "enabled",
          "ingress-class": `${ingressClass}.ingress.networking.knative.dev`,
        },
      },
      serving,
    ),
    object("KService", "hello", {}, "shop"),
    secret(serving, "routing-serving-certs", [routing], caCrt),
    secret("shop", "serving-certs", presented, undefined),
    ...bundles.map((data, i) => bundle(`bundle-${String(i)}`, data)),
    ...more,
  ];
}

/** The verdict of each dialer over queue-proxy in namespace shop, by its component. */
export function toQueueProxy(world: TrustWorld, now = trustNow): ReadonlyMap<string, Handshake> {
  const rows = factsOf(inventory(trustObjects(world)))(handshakes)(now);
  return new Map(
    rows
      .filter(({ endpoint }) => endpoint.component === "queue-proxy")
      .map((row) => [row.dialer.component, row]),
  );
}

function bundle(name: string, data: JsonObject): KubeObject {
  const labels = { "networking.knative.dev/trust-bundle": "true" };
  return object("ConfigMap", name, { metadata: { labels }, data }, serving);
}

function secret(
  namespace: string,
  name: string,
  chain: readonly Issued[],
  caCrt: string | undefined,
): KubeObject {
  const data = {
    "tls.crt": base64(chain.map(({ pem }) => pem).join("")),
    "tls.key": base64("REDACTED"),
    ...(caCrt !== undefined && { "ca.crt": base64(caCrt) }),
  };
  return object("Secret", name, { data }, namespace);
}

function base64(text: string): string {
  return Buffer.from(text, "latin1").toString("base64");
}
