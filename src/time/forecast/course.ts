import { nameOf } from "../../model/object.ts";
import { pending, perform, withReferences, type Action, type Effect } from "../actions.ts";
import { nextRenewal } from "../cert-manager/renewal.ts";
import { signerOf } from "../cert-manager/signer.ts";
import { presented } from "../certificates.ts";
import { atOnce } from "../holders.ts";
import { freshState, interning, pendingReloads, reloaded, stateKey, type State } from "../state.ts";
import { objectsIn, secretOf, type World } from "../world.ts";

/** How far apart things that are due at one instant may really happen, in milliseconds. */
export const together = atOnce;

/** A state that can be the present one at some time. */
export interface Node {
  readonly state: State;
  /** The earliest time at which it may begin, and the latest at which it may still last. */
  from: number;
  to: number;
  /** How one may have come here; empty for the start. */
  readonly before: Step[];
  readonly next: Step[];
  /** CA certificates that somebody may have signed with by now. */
  readonly signers: Set<string>;
}

/** Something happens in one state and leads to another. */
export interface Step {
  readonly from: Node;
  readonly to: Node;
  readonly effect: Effect;
  readonly at: number;
}

/** Something that is bound to happen between two times. */
interface Due {
  readonly action: Action;
  readonly from: number;
  readonly to: number;
}

/** Every course that what is shared can take until `end`. The first node is the start. */
export interface Course {
  /** What is shared, as it is at the start. */
  readonly world: World;
  readonly nodes: readonly Node[];
  /** False where there were more states than anybody can look at. */
  readonly complete: boolean;
  readonly end: number;
}

const mostNodes = 20_000;

/**
 * Explores every order of what is due at one instant. A renewal happens within a minute of its time, the sync of a
 * Bundle and the reload of a component within their lag; between those bounds any order is possible.
 */
export function courseOf(world: World, now: number, end: number): Course {
  const start = nodeOf(withReferences(freshState(world)), now);
  const intern = interning();
  const known = new Map([[stateKey(start.state), start]]);
  const queue: { readonly node: Node; readonly dues: ReadonlyMap<string, Due> }[] = [
    { node: start, dues: duesAt(start, new Map()) },
  ];
  while (queue.length > 0 && known.size < mostNodes) {
    queue.sort((a, b) => b.node.from - a.node.from);
    const here = queue.pop();
    if (!here) break;
    const { node, dues } = here;
    const latest = Math.min(end, ...[...dues.values()].map(({ to }) => to));
    node.to = Math.max(node.to, latest);
    for (const [key, due] of dues) {
      if (due.from > latest || due.from > end) continue;
      const at = Math.max(node.from, due.from);
      const done = perform(node.state, due.action, due.from);
      const state = withoutShortLags(done.state);
      const after = stateKey(state);
      const there = known.get(after);
      const next = there ?? nodeOf(intern(state), at);
      const step = { from: node, to: next, effect: done.effect, at };
      node.next.push(step);
      next.before.push(step);
      for (const signer of node.signers) next.signers.add(signer);
      next.from = Math.min(next.from, at);
      if (there) continue;
      known.set(after, next);
      const rest = new Map(dues);
      rest.delete(key);
      queue.push({ node: next, dues: duesAt(next, rest) });
    }
  }
  // Nobody has looked at what comes later.
  const reached = Math.min(end, ...queue.map(({ node }) => node.from));
  return { world, nodes: [...known.values()], complete: queue.length === 0, end: reached };
}

/** Over months it makes no difference that a watching component needs some seconds. */
function withoutShortLags(state: State): State {
  return pendingReloads(state)
    .filter(({ within }) => within <= atOnce)
    .reduce((here, { holder }) => reloaded(here, holder), state);
}

function nodeOf(state: State, from: number): Node {
  const signers = new Set(
    objectsIn(state.world, "Secret").flatMap((secret) =>
      presented(secret, "tls.crt")
        .slice(0, 1)
        .filter(({ basicConstraints }) => basicConstraints?.isCA === true)
        .map(({ fingerprint }) => fingerprint),
    ),
  );
  return { state, from, to: from, before: [], next: [], signers };
}

/** What is bound to happen from here on; what was so before keeps its time. */
function duesAt(node: Node, earlier: ReadonlyMap<string, Due>): ReadonlyMap<string, Due> {
  const dues = new Map<string, Due>();
  for (const due of [...timed(node), ...forced(node)]) {
    const key = keyOf(due.action);
    const known = earlier.get(key);
    dues.set(
      key,
      known && known.from <= due.from ? { ...due, from: known.from, to: known.to } : due,
    );
  }
  return dues;
}

function* forced({ state, from }: Node): Iterable<Due> {
  for (const action of pending(state, from)) {
    const within = action.type === "reload" ? action.within : together;
    yield { action, from, to: from + within };
  }
}

function* timed({ state, from }: Node): Iterable<Due> {
  for (const certificate of objectsIn(state.world, "Certificate")) {
    const time = nextRenewal(state.world, secretOf(state.world, certificate), certificate);
    if (time === undefined || signerOf(state.world, certificate).type === "none") continue;
    const due = Math.max(time, from);
    const action: Action = { type: "issue", certificate: nameOf(certificate), why: "Renewing" };
    yield { action, from: due, to: due + together };
  }
}

function keyOf(action: Action): string {
  switch (action.type) {
    case "issue":
      return `issue ${action.certificate}`;
    case "sync":
      return `sync ${action.bundle}`;
    case "reload":
      return `reload ${action.holder}`;
  }
}
