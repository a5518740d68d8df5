import { defineFact, type Source } from "../fact.ts";
import { known, unknown, type Known } from "../known.ts";
import { readCertManagerConfig, type CertManagerConfig } from "./cert-manager-config.ts";
import { readDeploymentConfig, type DeploymentConfig } from "./deployment-config.ts";
import { readDomainConfig, type DomainConfig } from "./domain-config.ts";
import { readNetworkConfig, type NetworkConfig } from "./network-config.ts";
import { readSettings, type ConfigName, type Settings } from "./settings.ts";

/** The configuration of Knative Serving as its components read it; each part may be unknown or not parse. */
export interface KnativeConfig {
  /** `known(undefined)`: the ConfigMap does not exist. */
  readonly settings: Readonly<Record<ConfigName, Known<Settings | undefined>>>;
  readonly network: Known<NetworkConfig>;
  readonly certManager: Known<CertManagerConfig>;
  readonly domain: Known<DomainConfig>;
  readonly deployment: Known<DeploymentConfig>;
}

export const knativeConfig = defineFact<KnativeConfig>({
  name: "config",
  reads: ["ConfigMap", "KnativeServing"],
  from: [],
  derive: (source) => {
    const settings = {
      "config-certmanager": readSettings(source, "config-certmanager"),
      "config-network": readSettings(source, "config-network"),
      "config-domain": readSettings(source, "config-domain"),
      "config-deployment": readSettings(source, "config-deployment"),
      "config-features": readSettings(source, "config-features"),
    };
    const read = <T>(name: ConfigName, parse: (settings: Settings) => T) =>
      parsed(source, name, settings[name], parse);
    return {
      settings,
      network: read("config-network", readNetworkConfig),
      certManager: read("config-certmanager", readCertManagerConfig),
      domain: read("config-domain", (found) =>
        readDomainConfig(found, source.environment.clusterDomain),
      ),
      deployment: read("config-deployment", readDeploymentConfig),
    };
  },
});

function parsed<T>(
  source: Source,
  name: ConfigName,
  settings: Known<Settings | undefined>,
  parse: (settings: Settings) => T,
): Known<T> {
  if (!settings.known) return settings;
  if (settings.value) return known(parse(settings.value));
  return unknown(`ConfigMap ${source.environment.namespaces.serving}/${name} does not exist`);
}

/** config-network, unless a value in it keeps the components from starting. */
export function workingNetwork(config: KnativeConfig): Known<NetworkConfig> {
  if (!config.network.known) return config.network;
  const [first] = config.network.value.errors;
  return first ? unknown(`config-network does not parse: ${first.message}`) : config.network;
}

/** config-domain, unless it does not parse. */
export function workingDomains(config: KnativeConfig): Known<DomainConfig> {
  if (!config.domain.known) return config.domain;
  const [first] = config.domain.value.errors;
  return first ? unknown(`config-domain does not parse: ${first.message}`) : config.domain;
}
