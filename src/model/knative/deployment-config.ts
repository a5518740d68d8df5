import type { SettingError } from "./network-config.ts";
import type { Entry, Settings } from "./settings.ts";

/** What config-deployment says about the TLS of queue-proxy (serving pkg/deployment/config.go, queue-sidecar-tls-*). */
export interface DeploymentConfig {
  readonly settings: Settings;
  /** The highest TLS version that queue-proxy's servers offer; undefined: no limit. */
  readonly maxTlsVersion: { readonly value: string; readonly entry: Entry } | undefined;
  readonly minTlsVersion: { readonly value: string; readonly entry: Entry } | undefined;
  /** Values with which queue-proxy does not start (knative/pkg network/tls/config.go parseVersion). */
  readonly errors: readonly SettingError[];
}

export function readDeploymentConfig(settings: Settings): DeploymentConfig {
  const errors: SettingError[] = [];
  const version = (key: string) => {
    const entry = settings.entries.get(key);
    const value = entry?.value?.trim();
    if (!entry || !value) return undefined;
    if (value !== "1.2" && value !== "1.3") {
      errors.push({ entry, message: `unsupported TLS version "${value}": must be "1.2" or "1.3"` });
    }
    return { value, entry };
  };
  return {
    settings,
    maxTlsVersion: version("queue-sidecar-tls-max-version"),
    minTlsVersion: version("queue-sidecar-tls-min-version"),
    errors,
  };
}
