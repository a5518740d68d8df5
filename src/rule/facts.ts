import type { Fact } from "../model/fact.ts";
import { approval } from "../model/certmanager/approval.ts";
import { authorities } from "../model/certmanager/authorities.ts";
import { eventingTls } from "../model/eventing/transport-encryption.ts";
import { resourceNamespace } from "../model/certmanager/resource-namespace.ts";
import { issuance } from "../model/issuance/issuance.ts";
import { defaultRotationPolicy } from "../model/certmanager/rotation-policy.ts";
import { demands } from "../model/knative/demands.ts";
import { knativeConfig } from "../model/knative/config.ts";
import { issuerUses } from "../model/knative/issuer-use.ts";
import { routes } from "../model/knative/routes.ts";
import { reading } from "../model/reading.ts";
import { trustManager } from "../model/trustmanager/trust-manager.ts";
import { versions } from "../model/versions.ts";
import { prospects } from "../time/prospects.ts";
import { rotation } from "../time/rotation/fact.ts";
import { handshakes } from "../trust/facts.ts";
import { signedLeaves } from "../trust/signed-leaves.ts";
import { stores } from "../trust/stores/fact.ts";
import type { Suppression } from "./suppression.ts";

/** Every fact that a rule may declare in `reads`, by its name. */
export const facts = {
  approval,
  authorities,
  config: knativeConfig,
  defaultRotationPolicy,
  demands,
  eventingTls,
  handshakes,
  issuance,
  issuerUses,
  prospects,
  reading,
  resourceNamespace,
  rotation,
  routes,
  signedLeaves,
  stores,
  trustManager,
  versions,
} as const;

type Derived = {
  readonly [Name in keyof typeof facts]: (typeof facts)[Name] extends Fact<infer Value>
    ? Value
    : never;
};

/** Facts about the analysis itself, which the engine supplies once the other rules have run. */
interface OfTheRun {
  readonly suppressions: readonly Suppression[];
}

export type FactTypes = Derived & OfTheRun;
export type FactName = keyof FactTypes;

export function isDerived(name: string): name is keyof typeof facts {
  return Object.hasOwn(facts, name);
}
