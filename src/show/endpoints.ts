import { compare } from "../model/inventory.ts";
import { nameOf } from "../model/object.ts";
import type { Component, Handshake, Verdict } from "../trust/handshake.ts";
import { groupBy } from "./group-by.ts";

export interface WorldHandshakes {
  /** "" where there is one world without a name. */
  readonly name: string;
  readonly handshakes: readonly Handshake[];
}

/** What presents one certificate, and everybody who dials it. */
export interface Endpoint {
  readonly key: string;
  readonly label: string;
  readonly handshakes: readonly Handshake[];
  readonly worst: Verdict;
  /** Lower-case words to filter by. */
  readonly haystack: string;
}

export interface Endpoints {
  /** The ones that fail first. */
  readonly all: readonly Endpoint[];
  readonly byKey: ReadonlyMap<string, Endpoint>;
  readonly dialers: readonly Component[];
  readonly counts: Readonly<Record<Verdict, number>>;
}

const namesSearched = 20;
const longest = 1000;
const made = new WeakMap<readonly WorldHandshakes[], Endpoints>();
const order: readonly Verdict[] = ["fails", "unknown", "holds"];

export function endpointsOf(worlds: readonly WorldHandshakes[]): Endpoints {
  const known = made.get(worlds);
  if (known) return known;
  const all = distinct(
    worlds.flatMap(({ name, handshakes }) =>
      [...groupBy(handshakes, keyOf)].map(([key, mine]) =>
        endpointOf(worlds.length > 1 ? name : "", key, mine),
      ),
    ),
  ).toSorted(
    (a, b) => order.indexOf(a.worst) - order.indexOf(b.worst) || compare(a.label, b.label),
  );
  const handshakes = worlds.flatMap((one) => one.handshakes);
  const count = (verdict: Verdict) => handshakes.filter((one) => one.verdict === verdict).length;
  const endpoints = {
    all,
    byKey: new Map(all.map((one) => [one.key, one])),
    dialers: [...new Set(handshakes.map(({ dialer }) => dialer.component))].toSorted(compare),
    counts: { holds: count("holds"), fails: count("fails"), unknown: count("unknown") },
  };
  made.set(worlds, endpoints);
  return endpoints;
}

/** Where several endpoints have one label, what they present tells them apart. */
function distinct(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const counts = groupBy(endpoints, ({ label }) => label);
  return endpoints.map((one) => {
    const presents = one.handshakes[0]?.presents;
    return presents && (counts.get(one.label)?.length ?? 0) > 1
      ? { ...one, label: `${one.label} (${presents.namespace}/${presents.name})` }
      : one;
  });
}

function keyOf({ endpoint, presents }: Handshake): string {
  return [endpoint.component, endpoint.namespace, presents ? nameOf(presents) : ""].join(" ");
}

function endpointOf(world: string, key: string, handshakes: readonly Handshake[]): Endpoint {
  const [first] = handshakes;
  const where = [world, first?.endpoint.component ?? "", first?.endpoint.namespace ?? ""];
  const label = where.filter(Boolean).join(" ");
  const words = handshakes.flatMap(({ dialer, verdict, reason, serverNames }) => [
    dialer.component,
    verdict,
    reason?.code ?? "",
    reason?.text ?? "",
    ...serverNames.slice(0, namesSearched),
  ]);
  const presents = first?.presents ? nameOf(first.presents) : "";
  return {
    key: `${world} ${key}`,
    label,
    handshakes,
    worst: worstOf(handshakes),
    haystack: [label, presents, ...words].join(" ").slice(0, longest).toLowerCase(),
  };
}

export function worstOf(handshakes: readonly Handshake[]): Verdict {
  return order.find((verdict) => handshakes.some((one) => one.verdict === verdict)) ?? "holds";
}
