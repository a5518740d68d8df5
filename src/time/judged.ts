import type { Fact } from "../model/fact.ts";
import type { Inventory } from "../model/inventory.ts";
import { knativeConfig } from "../model/knative/config.ts";
import { demands } from "../model/knative/demands.ts";
import { issuerUses } from "../model/knative/issuer-use.ts";
import { routes } from "../model/knative/routes.ts";
import { nameOf } from "../model/object.ts";
import { versions } from "../model/versions.ts";
import { handshakes } from "../trust/facts.ts";
import type { Handshake, Party } from "../trust/handshake.ts";
import type { Holder } from "./holders.ts";
import { configurationKey, seenBy, trustKey, type State } from "./state.ts";
import { asking, inventoryOf, takeOver, type World } from "./world.ts";

/** Every handshake as the trust code decides it on the objects, as if every component had just read them. */
export function rowsOf(world: World, now: number): readonly Handshake[] {
  return asking(inventoryOf(world))(handshakes)(new Date(now));
}

/** Every handshake, decided by what each side has really loaded. */
export function rowsAt(state: State, now: number): readonly Handshake[] {
  const rows = rowsOf(shared(state.world), now);
  if (state.held.size === 0) return rows;
  return rows.map((row) => {
    const sides = [holderOf(row.dialer), holderOf(row.endpoint)].filter((one) =>
      state.held.has(one),
    );
    if (sides.length === 0) return row;
    const key = rowKey(row);
    return rowsOf(shared(seenBy(state, sides)), now).find((one) => rowKey(one) === key) ?? row;
  });
}

const worlds = new WeakMap<Inventory, Map<string, World>>();

/** Worlds in which every verifier has the same to go by are judged once. */
function shared(world: World): World {
  const known = worlds.get(world.origin) ?? new Map<string, World>();
  worlds.set(world.origin, known);
  const key = trustKey(world);
  const first = known.get(key);
  if (first) return first;
  known.set(key, world);
  const alike = alikeTo(world);
  if (alike) takeOver(inventoryOf(alike), inventoryOf(world), configured);
  return world;
}

/** Facts that read neither Secrets nor bundles, so that they are the same in most worlds of a simulation. */
const configured: readonly Fact<unknown>[] = [knativeConfig, routes, versions, issuerUses, demands];
const byConfiguration = new WeakMap<Inventory, Map<string, World>>();

function alikeTo(world: World): World | undefined {
  const known = byConfiguration.get(world.origin) ?? new Map<string, World>();
  byConfiguration.set(world.origin, known);
  const key = configurationKey(world);
  const first = known.get(key);
  if (!first) known.set(key, world);
  return first;
}

/** What a party of a handshake is called as a holder of objects. */
export function holderOf({ component, namespace }: Party): Holder {
  if (component === "queue-proxy") return `queue-proxy/${namespace}`;
  return component === "kourier-gateway" ? "kourier" : component;
}

/** The same handshake in another world. */
export function rowKey({ dialer, endpoint, presents, serverNames }: Handshake): string {
  return [
    dialer.component,
    dialer.namespace,
    endpoint.component,
    endpoint.namespace,
    presents ? nameOf(presents) : "",
    serverNames[0] ?? "",
  ].join(" ");
}
