import { dig, record } from "../model/json.ts";
import type { KubeObject } from "../model/object.ts";
import { nameOf } from "../model/object.ts";
import { objectIn, rewritten, type World } from "./world.ts";

/** A component that keeps what it read: "activator", "kourier", or "queue-proxy/shop". */
export type Holder = string;

const minute = 60_000;
const hour = 60 * minute;

/** How long a change may take to reach a component that watches it. */
export const atOnce = minute;
/** The kubelet updates mounted Secrets within about 90 s, and queue-proxy looks once a minute (pkg/queue/certificate/watcher.go). */
export const queueProxyLag = 3 * minute;
/** net-kourier reads ca.crt again when an ingress is reconciled: at the latest at the resync of its informers. */
export const kourierResync = 10 * hour;

export const trustBundleLabel = "networking.knative.dev/trust-bundle";
export const routingSecret = "routing-serving-certs";
const servingSecret = "serving-certs";

/** A component still holds an object as it was. */
export interface Held {
  readonly holder: Holder;
  /** The object as the component sees it, or undefined where it has not seen it yet. */
  readonly object: KubeObject | undefined;
  readonly name: string;
  /** The longest time it may take to see the present one, in milliseconds. */
  readonly within: number;
}

/** Who keeps an older version of an object that has just changed, and for how long at most. */
export function holdersOf(
  world: World,
  before: KubeObject | undefined,
  after: KubeObject | undefined,
): readonly Held[] {
  const object = after ?? before;
  if (!object) return [];
  const name = nameOf(object);
  const serving = world.origin.environment.namespaces.serving;
  const kourier = kourierNamespace(world);
  if (object.kind === "ConfigMap")
    return isBundle(before) || isBundle(after)
      ? bundleReaders(object.namespace, serving, kourier).map((holder) => ({
          holder,
          within: atOnce,
          name,
          object: before,
        }))
      : [];
  if (object.kind !== "Secret") return [];
  if (object.name === routingSecret && object.namespace === serving) {
    return [
      { holder: "activator", within: atOnce, name, object: before },
      ...(kourier === serving ? kourierHolds(name, before, after) : []),
    ];
  }
  return object.name === servingSecret
    ? [{ holder: `queue-proxy/${object.namespace}`, within: queueProxyLag, name, object: before }]
    : [];
}

/** Who reads the bundles of a namespace. */
function bundleReaders(namespace: string, serving: string, kourier: string): readonly Holder[] {
  return [
    ...(namespace === serving ? ["activator"] : []),
    ...(namespace === kourier ? ["kourier"] : []),
  ];
}

/** Of routing-serving-certs, the gateway's side reads ca.crt alone. */
function kourierHolds(
  name: string,
  before: KubeObject | undefined,
  after: KubeObject | undefined,
): readonly Held[] {
  if (!after || !before || authority(before) === authority(after)) return [];
  return [
    { holder: "kourier", within: kourierResync, name, object: withAuthorityOf(before, after) },
  ];
}

function authority(secret: KubeObject): unknown {
  return dig(secret.raw, "data", "ca.crt");
}

/** The Secret with the `ca.crt` of an earlier one. */
export function withAuthorityOf(before: KubeObject, after: KubeObject): KubeObject {
  const { ["ca.crt"]: _present, ...data } = record(after.raw, "data");
  const earlier = record(before.raw, "data")["ca.crt"];
  return rewritten(after, {
    ...after.raw,
    data: earlier === undefined ? data : { ...data, "ca.crt": earlier },
  });
}

function isBundle(object: KubeObject | undefined): boolean {
  return object?.labels.has(trustBundleLabel) === true;
}

function kourierNamespace(world: World): string {
  const { serving } = world.origin.environment.namespaces;
  const elsewhere = [...world.objects.values()].find(
    ({ kind, name }) =>
      kind === "Deployment" &&
      (name === "net-kourier-controller" || name === "3scale-kourier-control"),
  );
  return elsewhere?.namespace ?? serving;
}

export function routingSecretOf(world: World): KubeObject | undefined {
  return objectIn(world, "Secret", world.origin.environment.namespaces.serving, routingSecret);
}
