import { defineFact } from "../fact.ts";
import type { Known } from "../known.ts";
import type { KnativeConfig } from "./config.ts";
import { knativeConfig, workingNetwork } from "./config.ts";
import {
  referenceOf,
  type CertManagerConfig,
  type IssuerReference,
} from "./cert-manager-config.ts";
import type { ReferenceTarget } from "./issuer-reference.ts";
import { issuerReferenceKeys, type IssuerReferenceKey } from "./nested-keys.ts";

/** Whether the feature that uses a reference is on. */
export type Activity = "on" | "off" | "unknown";

export interface UsedReference {
  readonly reference: IssuerReference;
  readonly activity: Activity;
}

/** One issuer that the configuration names, with every reference that names it. */
export interface IssuerUse {
  readonly target: ReferenceTarget;
  readonly config: CertManagerConfig;
  readonly references: readonly UsedReference[];
}

/** The issuers that config-certmanager names, defaults included. */
export const issuerUses = defineFact<Known<readonly IssuerUse[]>>({
  name: "issuerUses",
  reads: [],
  from: [knativeConfig],
  derive: (_source, ask) => {
    const config = ask(knativeConfig);
    if (!config.certManager.known) return config.certManager;
    const uses = new Map<string, { target: ReferenceTarget; references: UsedReference[] }>();
    for (const key of issuerReferenceKeys) {
      const reference = referenceOf(config.certManager.value, key);
      if (!reference.known) return reference;
      const { target } = reference.value;
      const name = JSON.stringify([target.kind, target.group, target.name]);
      const use = uses.get(name) ?? { target, references: [] };
      use.references.push({ reference: reference.value, activity: activityOf(config, key) });
      uses.set(name, use);
    }
    const certManager = config.certManager.value;
    return {
      known: true,
      value: [...uses.values()].map((use) => ({ ...use, config: certManager })),
    };
  },
});

/** Whether Knative asks for certificates through this reference; routing-serving-certs alone does not count. */
function activityOf(config: KnativeConfig, key: IssuerReferenceKey): Activity {
  const network = workingNetwork(config);
  if (!network.known) return "unknown";
  const { externalDomainTls, wildcardSelector, clusterLocalDomainTls, systemInternalTls } =
    network.value;
  const on = {
    issuerRef: externalDomainTls.value || wildcardSelector !== undefined,
    clusterLocalIssuerRef: clusterLocalDomainTls.value,
    systemInternalIssuerRef: systemInternalTls.value,
  };
  return on[key] ? "on" : "off";
}

/** The feature in config-network that makes Knative use a reference. */
export const featureOf = {
  issuerRef: "external-domain-tls",
  clusterLocalIssuerRef: "cluster-local-domain-tls",
  systemInternalIssuerRef: "system-internal-tls",
} as const satisfies Record<IssuerReferenceKey, string>;
