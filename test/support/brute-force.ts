import type { Ca, SmallStep, SmallWorld, Trust } from "./small-worlds.ts";

/** What a component holds of an earlier time; undefined: nothing. */
interface Held {
  readonly routing?: Ca;
  readonly bundle?: Trust;
}

interface State {
  readonly taken: number;
  readonly references: Ca;
  readonly bundle: Trust;
  /** By whom routing-serving-certs, then the certificate of each namespace, is signed. */
  readonly certificates: readonly Ca[];
  /** The issuer that each Secret says it is of. */
  readonly issuers: readonly Ca[];
  readonly activator: Held;
  readonly gateway: Held;
  /** The certificate that queue-proxy still presents in each namespace. */
  readonly queueProxies: readonly (Ca | undefined)[];
}

export interface Answer {
  readonly verdict: "safe" | "unsafe" | "stopped";
  readonly states: number;
  /** The length of a shortest way to a failure; how many of its steps are the plan's. */
  readonly length: number | undefined;
  readonly taken: number | undefined;
}

/**
 * Every state of a whole small world, written from the documentation alone: it shares no code with what it is compared
 * with, merges no namespaces, and takes nothing apart.
 */
export function bruteForce(world: SmallWorld, plan: readonly SmallStep[]): Answer {
  const start = startOf(world);
  if (plan[0]?.waits?.includes("healthy") && fails(start, world))
    return { verdict: "stopped", states: 0, length: undefined, taken: undefined };
  const seen = new Set([JSON.stringify(start)]);
  let layer = [start];
  let furthest = 0;
  for (let length = 0; layer.length > 0; length++) {
    const found = layer.find((state) => fails(state, world));
    if (found) return { verdict: "unsafe", states: seen.size, length, taken: found.taken };
    const next: State[] = [];
    for (const state of layer) {
      furthest = Math.max(furthest, state.taken);
      for (const one of successors(state, world, plan)) {
        const key = JSON.stringify(one);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(one);
      }
    }
    layer = next;
  }
  const verdict = furthest === plan.length ? "safe" : "stopped";
  return { verdict, states: seen.size, length: undefined, taken: undefined };
}

function startOf({ leaves, routing, bundle, issuer, isSameName }: SmallWorld): State {
  const certificates = [routing, ...leaves];
  return {
    taken: 0,
    references: issuer,
    bundle,
    certificates,
    issuers: isSameName ? certificates.map(() => issuer) : certificates,
    activator: {},
    gateway: {},
    queueProxies: leaves.map(() => undefined),
  };
}

function fails(state: State, world: SmallWorld): boolean {
  return failing(state, world).length > 0;
}

/** A dialer trusts what is in the bundle and who signed routing-serving-certs, as it has read them. */
function failing(state: State, { leaves, hasGateway }: SmallWorld): readonly string[] {
  const [routing = "a"] = state.certificates;
  const trusts = ({ routing: authority, bundle }: Held, ca: Ca) =>
    `${authority ?? routing}${bundle ?? state.bundle}`.includes(ca);
  const presented = leaves.map((_, i) => state.queueProxies[i] ?? state.certificates[i + 1] ?? "a");
  const toLeaves = (dialer: string, held: Held) =>
    presented.flatMap((ca, i) => (trusts(held, ca) ? [] : [`${dialer} -> ns-${String(i)}`]));
  const toActivator = trusts(state.gateway, state.activator.routing ?? routing);
  return [
    ...toLeaves("activator", state.activator),
    ...(hasGateway ? toLeaves("gateway", state.gateway) : []),
    ...(hasGateway && !toActivator ? ["gateway -> activator"] : []),
  ];
}

/**
 * Every handshake that fails in some order in which the certificates can be renewed; "all" where no order leads past
 * that. Components that watch have read a change at once.
 */
export function bruteForecast(world: SmallWorld): ReadonlyMap<string, "all" | "some"> {
  const reached = new Map<string, State>();
  explore(startOf(world), reached, world, () => true);
  const handshakes = new Set([...reached.values()].flatMap((state) => failing(state, world)));
  return new Map(
    [...handshakes].map((handshake) => {
      const past = new Map<string, State>();
      explore(startOf(world), past, world, (state) => !failing(state, world).includes(handshake));
      return [handshake, [...past.values()].some(isOver) ? "some" : "all"];
    }),
  );
}

function explore(
  start: State,
  seen: Map<string, State>,
  world: SmallWorld,
  isWanted: (state: State) => boolean,
): void {
  const queue = [start];
  for (let state = queue.pop(); state; state = queue.pop()) {
    const key = JSON.stringify(state);
    if (seen.has(key) || !isWanted(state)) continue;
    seen.set(key, state);
    for (const next of successors(state, world, [])) queue.push({ ...next, activator: {} });
  }
}

/** Everything is renewed, and everybody has read it. */
function isOver({ certificates, references, gateway, queueProxies }: State): boolean {
  return (
    certificates.every((ca) => ca === references) &&
    !isOld(gateway) &&
    queueProxies.every((old) => old === undefined)
  );
}

function* successors(state: State, world: SmallWorld, plan: readonly SmallStep[]): Iterable<State> {
  const step = plan[state.taken];
  if (step && mayTake(step, state, world)) yield taking(step, state, world);
  for (const i of state.certificates.keys()) yield issuing(i, state, world);
  if (isOld(state.activator)) yield { ...state, activator: {} };
  if (isOld(state.gateway)) yield { ...state, gateway: {} };
  for (const [i, old] of state.queueProxies.entries())
    if (old) yield { ...state, queueProxies: state.queueProxies.with(i, undefined) };
}

function isOld({ routing, bundle }: Held): boolean {
  return routing !== undefined || bundle !== undefined;
}

/** Nobody takes a step before what follows a change within a minute is over. */
function mayTake({ waits = [] }: SmallStep, state: State, world: SmallWorld): boolean {
  if (isOld(state.activator) || state.gateway.bundle !== undefined) return false;
  return waits.every((wait) => {
    switch (wait) {
      case "healthy":
        return !fails(state, world);
      case "issued":
        return [...state.certificates, ...state.issuers].every((ca) => ca === state.references);
      case "grace":
        return state.queueProxies.every((old) => old === undefined);
    }
  });
}

function taking({ trust, references }: SmallStep, state: State, { hasGateway }: SmallWorld): State {
  const changed = trust !== undefined && trust !== state.bundle;
  const keeping = (held: Held): Held => ({ bundle: state.bundle, ...held });
  return {
    ...state,
    taken: state.taken + 1,
    references: references ?? state.references,
    bundle: trust ?? state.bundle,
    activator: changed ? keeping(state.activator) : state.activator,
    gateway: changed && hasGateway ? keeping(state.gateway) : state.gateway,
  };
}

/** cert-manager issues a certificate anew, because it must or because its time has come. */
function issuing(i: number, state: State, { hasGateway }: SmallWorld): State {
  const before = state.certificates[i] ?? "a";
  const { references } = state;
  const issued = {
    ...state,
    certificates: state.certificates.with(i, references),
    issuers: state.issuers.with(i, references),
  };
  if (before === references) return issued;
  if (i > 0)
    return {
      ...issued,
      queueProxies: state.queueProxies.with(i - 1, state.queueProxies[i - 1] ?? before),
    };
  return {
    ...issued,
    activator: { routing: before, ...state.activator },
    gateway: hasGateway ? { routing: before, ...state.gateway } : state.gateway,
  };
}
