import { of, type KubeObject } from "./api.ts";
import { isBuilt } from "./built.ts";
import type { Cluster } from "./cluster.ts";
import { askGo } from "./dialer.ts";
import { dialByEnvoy, type Upstream } from "./envoy.ts";

/** What real components decide that have just loaded their inputs: `ok` or their words, by namespace or component. */
export interface Observed {
  readonly activatorToQueueProxy: Readonly<Record<string, string>>;
  readonly gatewayTo: Readonly<Record<string, string>>;
}

/** What can be observed here of what is expected: nothing of the gateway where there is no Envoy. */
export function observable(expected: Observed): Observed {
  return isBuilt("envoy") ? expected : { ...expected, gatewayTo: {} };
}

/** Of the cluster that `makeHealthy` makes. */
export const allHold = observable({
  activatorToQueueProxy: { bank: "ok", shop: "ok" },
  gatewayTo: { activator: "ok", bank: "ok", shop: "ok" },
});

/** Where activator, net-kourier's controller and their bundles are. */
const serving = "knative-serving";

/** Makes the handshakes of the activator (Go) and of Kourier's gateway (Envoy) with what lies in the cluster now. */
export async function observe(cluster: Cluster): Promise<Observed> {
  const { api } = cluster;
  const routing = decoded(await api.wait(of("Secret", serving, "routing-serving-certs")));
  const bundles = (await api.list("ConfigMap", serving))
    .filter(({ metadata }) => "networking.knative.dev/trust-bundle" in (metadata.labels ?? {}))
    .flatMap(({ data = {} }) => Object.values(data));
  const presented = (await api.list("Secret"))
    .filter(({ metadata }) => metadata.name === "serving-certs")
    .map((secret) => ({ namespace: secret.metadata.namespace ?? "", ...decoded(secret) }));

  const verdicts = await askGo(
    presented.map(({ namespace, certificate, key }) => {
      return { caCrt: routing.caCrt, bundles, certificate, key, namespace };
    }),
  );
  const activatorToQueueProxy = presented.map(
    ({ namespace }, i) => [namespace, verdicts[i] ?? ""] as const,
  );

  const upstreams: readonly Upstream[] = [
    { name: "activator", ...routing, names: ["kn-routing"] },
    ...presented.map(({ namespace, certificate, key }) => {
      return { name: namespace, certificate, key, names: ["kn-routing", `kn-user-${namespace}`] };
    }),
  ];
  return {
    activatorToQueueProxy: Object.fromEntries(activatorToQueueProxy),
    gatewayTo: await gatewayTo(cluster, await kourierTrusts(routing.caCrt, bundles), upstreams),
  };
}

/** The chain that net-kourier builds: each bundle as a whole or not at all. */
async function kourierTrusts(caCrt: string, bundles: readonly string[]): Promise<string> {
  const all = [...(caCrt === "" ? [] : [caCrt]), ...bundles];
  const verdicts = await askGo(all.map((check) => ({ check })));
  return all.filter((_, i) => verdicts[i] === "ok").join("\n");
}

async function gatewayTo(
  { directory }: Cluster,
  trusted: string,
  upstreams: readonly Upstream[],
): Promise<Readonly<Record<string, string>>> {
  if (!isBuilt("envoy")) {
    console.warn("not observed: what the gateway decides, as there is no Envoy here");
    return {};
  }
  if (trusted.trim() !== "") return dialByEnvoy(directory, trusted, upstreams);
  const why = "failed to build trust-chain, as no valid CA certificate was provided";
  return Object.fromEntries(upstreams.map(({ name }) => [name, why]));
}

function decoded({ data = {} }: KubeObject) {
  const text = (key: string) => Buffer.from(data[key] ?? "", "base64").toString("utf8");
  return { certificate: text("tls.crt"), key: text("tls.key"), caCrt: text("ca.crt") };
}

/** `DIALER -> NAMESPACE OR COMPONENT` of every handshake that was refused. */
export function failing(observed: Observed): readonly string[] {
  return [
    ...failed("activator", observed.activatorToQueueProxy),
    ...failed("gateway", observed.gatewayTo),
  ];
}

function failed(dialer: string, verdicts: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(verdicts)
    .filter(([, verdict]) => verdict !== "ok")
    .map(([who]) => `${dialer} -> ${who}`);
}
