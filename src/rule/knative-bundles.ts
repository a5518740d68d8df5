import type { Authority } from "../model/certmanager/authorities.ts";
import { trustBundleLabel } from "../model/knative/trust-bundle.ts";
import { nearest } from "../model/near.ts";
import type { KubeObject } from "../model/object.ts";
import { bundleSources, bundleTarget } from "../model/trustmanager/bundle.ts";
import type { TrustManager } from "../model/trustmanager/trust-manager.ts";
import type { Topic } from "./finding.ts";

/** True where the target of the Bundle is labelled for Knative. */
export function isLabelled(bundle: KubeObject): boolean {
  return bundleTarget(bundle)?.labels.has(trustBundleLabel) ?? false;
}

/** Why a Bundle without the label seems to be meant for Knative; undefined where nothing speaks for it. */
export function meantForKnative(
  bundle: KubeObject,
  authorities: readonly Authority[],
  { namespace }: TrustManager,
): string | undefined {
  if (bundle.labels.has(trustBundleLabel)) return "the label is on the Bundle itself";
  const labels = bundleTarget(bundle)?.labels ?? new Map<string, string>();
  const near = [...labels.keys()].find((key) => nearest(key, [trustBundleLabel]) !== undefined);
  if (near !== undefined) return `it has the label ${near}`;
  const secrets = bundleSources(bundle).filter(({ type }) => type === "secret");
  const live = authorities.find(({ secret }) =>
    secrets.some(({ name }) => name === secret.name && secret.namespace === namespace),
  );
  if (live) return `it reads the CA of ${live.issuer.kind} ${live.issuer.name}`;
  return /knative/i.test(bundle.name) ? "its name says so" : undefined;
}

/** What a fault in the bundles of a namespace is known by, so that lost trust can follow from it. */
export function bundlesIn(namespace: string): Topic {
  return `bundles in ${namespace}`;
}
