import { conditionOf, issuerType } from "../certmanager/issuer.ts";
import { text } from "../json.ts";
import { at, type KubeObject } from "../object.ts";
import { timeAt } from "../time.ts";
import type { Link, LinkState } from "./chain.ts";
import { notSeen, type Walk } from "./walk.ts";

/** Final states of an Order or Challenge that end in no certificate (cert-manager pkg/apis/acme/v1/types_order.go). */
const ended: ReadonlySet<string> = new Set(["invalid", "expired", "errored"]);

function stateOf(state: string): LinkState {
  if (state === "valid") return "good";
  return ended.has(state) ? "failed" : "waiting";
}

/** The Order that an ACME issuer made of a request, and its Challenges that are not met. */
export function acmeLinks(
  request: KubeObject,
  issuer: KubeObject | undefined,
  walk: Walk,
): readonly Link[] {
  const [order] = walk.orders.get(`${request.namespace}/${request.name}`) ?? [];
  if (order) return [orderLink(order), ...challengeLinks(order, walk)];
  const signed = conditionOf(request, "Ready")?.status === "True";
  const approved = conditionOf(request, "Approved")?.status === "True";
  if (signed || !approved || !issuer || issuerType(issuer) !== "acme") return [];
  const ref = { kind: "Order", namespace: request.namespace, name: `${request.name}-...` };
  return [{ step: "Order", ref, object: undefined, ...notSeen(walk, "Order", request.namespace) }];
}

function orderLink(order: KubeObject): Link {
  const state = text(order.raw, "status", "state") ?? "";
  const reason = text(order.raw, "status", "reason") ?? "";
  const since = timeAt(order.raw, "status", "failureTime") ?? created(order);
  return {
    step: "Order",
    ref: order,
    object: order,
    state: stateOf(state),
    says: `is ${state || "not taken up yet"}${reason && `: ${reason}`}`,
    place: at(order, ["status"]),
    since,
  };
}

/** A Challenge that is valid says nothing; one that waits says in `reason` what it has tried. */
function challengeLinks(order: KubeObject, { challenges }: Walk): readonly Link[] {
  const mine = challenges.get(`${order.namespace}/${order.name}`) ?? [];
  return mine.map((challenge) => {
    const state = text(challenge.raw, "status", "state") ?? "";
    const reason = text(challenge.raw, "status", "reason") ?? "";
    const type = text(challenge.raw, "spec", "type") ?? "challenge";
    const dnsName = text(challenge.raw, "spec", "dnsName") ?? "?";
    const since = created(challenge);
    return {
      step: "Challenge",
      ref: challenge,
      object: challenge,
      state: stateOf(state),
      says: `(${type} for ${dnsName}) is ${state || "not presented yet"}${reason && `: ${reason}`}`,
      place: at(challenge, ["status"]),
      since,
    };
  });
}

function created(object: KubeObject): Date | undefined {
  return timeAt(object.raw, "metadata", "creationTimestamp");
}
