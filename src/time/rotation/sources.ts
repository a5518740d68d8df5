import { list, text } from "../../model/json.ts";
import { nameOf, type KubeObject } from "../../model/object.ts";
import { caSecretOf } from "../cert-manager/signer.ts";
import { trustBundleLabel } from "../holders.ts";
import { managerIn } from "../trust-manager/manager.ts";
import { objectIn, objectsIn, type World } from "../world.ts";
import type { CaIssuer } from "./estate.ts";

/** Where the trust of Knative's components comes from. */
export interface TrustSource {
  /** The Bundle whose target Knative reads. */
  readonly bundle: KubeObject | undefined;
  /** A labelled ConfigMap in Serving's namespace that nobody syncs. */
  readonly configMap: KubeObject | undefined;
  /** The Bundle, where it reads the Secret that the issuer signs with. */
  readonly followsCa: string | undefined;
}

export function sourceOf(world: World, { issuer }: Pick<CaIssuer, "issuer">): TrustSource {
  const { serving } = world.origin.environment.namespaces;
  const maps = objectsIn(world, "ConfigMap").filter(
    (map) => map.namespace === serving && map.labels.has(trustBundleLabel),
  );
  const bundles = maps.flatMap((map) => {
    const name = map.labels.get("trust.cert-manager.io/bundle");
    const bundle = name === undefined ? undefined : objectIn(world, "Bundle", "", name);
    return bundle ? [bundle] : [];
  });
  const [bundle] = bundles;
  const secret = caSecretOf(world, issuer);
  const follows = bundles.find(
    (one) =>
      secret?.namespace === managerIn(world).namespace &&
      list(one.raw, "spec", "sources").some(
        (source) => text(source, "secret", "name") === secret.name,
      ),
  );
  return {
    bundle,
    configMap: maps.find((map) => !map.labels.has("trust.cert-manager.io/bundle")),
    followsCa: follows && nameOf(follows),
  };
}
