import { isCa } from "../../model/certmanager/certificate.ts";
import { nameOf } from "../../model/object.ts";
import type { Handshake } from "../../trust/handshake.ts";
import { labelOf } from "../../trust/handshake.ts";
import { pending, perform, withReferences, type Action } from "../actions.ts";
import { apply } from "../apply.ts";
import type { Foretold } from "../cert-manager/issue.ts";
import { signerOf } from "../cert-manager/signer.ts";
import { nextRenewal } from "../cert-manager/renewal.ts";
import { atOnce } from "../holders.ts";
import { changed, freshState, interning, stateKey, type State } from "../state.ts";
import { objectsIn, secretOf, type World } from "../world.ts";
import type { PlanStep } from "./steps.ts";
import { waitsFor } from "./waits.ts";

/** One thing that happens in a trace: a step of the plan, or something that the cluster does by itself. */
interface TraceStep {
  readonly by: "plan" | "cert-manager" | "trust-manager" | "component";
  readonly what: string;
}

/** A state in which a handshake fails, and the shortest way there. */
export interface Failure {
  readonly trace: readonly TraceStep[];
  readonly failing: Handshake;
  readonly state: State;
}

export interface Explored {
  readonly states: number;
  /** False where there were more states than anybody can look at. */
  readonly complete: boolean;
  readonly failure: Failure | undefined;
  /** The furthest step that can be taken, and what the next one waits for where it never comes. */
  readonly reached: number;
  readonly stuck: string | undefined;
}

interface Node {
  readonly state: State;
  /** How many steps of the plan were taken. */
  readonly taken: number;
  readonly from: Node | undefined;
  readonly step: TraceStep | undefined;
}

export interface Question {
  readonly world: World;
  /** The handshakes that are looked at, in a state. */
  readonly rows: (state: State, now: number) => readonly Handshake[];
  readonly now: number;
  readonly steps: readonly PlanStep[];
  readonly foretold: Foretold;
  /** For so long may the plan take, in milliseconds: what is due by then may happen at any moment of it. */
  readonly within: number;
}

const mostStates = 200_000;

/**
 * Every interleaving of the plan's steps with what the cluster does by itself, breadth first, so that the first
 * failure is a shortest one. Time is left out: whatever may happen during the plan may happen at any moment of it.
 */
export function explore(question: Question): Explored {
  const first: Node = {
    state: withReferences(freshState(question.world)),
    taken: 0,
    from: undefined,
    step: undefined,
  };
  const intern = interning();
  const seen = new Set([keyOf(first)]);
  let layer: readonly Node[] = [first];
  let reached = 0;
  let stuck: string | undefined;
  while (layer.length > 0 && seen.size < mostStates) {
    const next: Node[] = [];
    for (const node of layer) {
      const failing = failingIn(node.state, question);
      if (failing)
        return {
          states: seen.size,
          complete: true,
          failure: failureOf(node, failing),
          reached,
          stuck,
        };
      reached = Math.max(reached, node.taken);
      const waiting = waitingFor(node, question);
      if (waiting !== undefined && node.taken >= reached) stuck = waiting;
      for (const one of successors(node, question, waiting)) {
        const key = keyOf(one);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ ...one, state: intern(one.state) });
      }
    }
    layer = next;
  }
  const done = reached === question.steps.length;
  return {
    states: seen.size,
    complete: layer.length === 0,
    failure: undefined,
    reached,
    stuck: done ? undefined : stuck,
  };
}

function keyOf({ state, taken }: Node): string {
  return `${String(taken)} | ${stateKey(state)}`;
}

function failingIn(state: State, { now, rows }: Question): Handshake | undefined {
  return rows(state, now)
    .filter(({ verdict }) => verdict === "fails")
    .toSorted((a, b) => (labelOf(a) < labelOf(b) ? -1 : 1))[0];
}

function failureOf(node: Node, failing: Handshake): Failure {
  const trace: TraceStep[] = [];
  for (let here: Node | undefined = node; here; here = here.from)
    if (here.step) trace.unshift(here.step);
  return { trace, failing, state: node.state };
}

function* successors(node: Node, question: Question, waiting: string | undefined): Iterable<Node> {
  const { state, taken } = node;
  const step = question.steps[taken];
  if (step && waiting === undefined) {
    const world = apply(state.world, step.manifests);
    yield {
      state: withReferences(changed(state, world)),
      taken: taken + 1,
      from: node,
      step: { by: "plan", what: step.name },
    };
  }
  for (const action of [...pending(state, question.now), ...renewals(state, question)]) {
    const done = perform(state, action, question.now, question.foretold);
    yield {
      state: done.state,
      taken,
      from: node,
      step: {
        by: actorOf(action),
        what: `${done.effect.type} of ${done.effect.object}: ${done.effect.effect}`,
      },
    };
  }
}

/**
 * Why the next step is not taken yet; undefined where it is. What the cluster does within a minute is over before
 * anybody takes the next step.
 */
function waitingFor({ state, taken }: Node, question: Question): string | undefined {
  const step = question.steps[taken];
  if (!step) return undefined;
  const quick = pending(state, question.now).find(
    (action) => action.type === "sync" || (action.type === "reload" && action.within <= atOnce),
  );
  if (quick) return `${quick.type} of ${quick.type === "sync" ? quick.bundle : actionName(quick)}`;
  return step.waits.map((wait) => waitsFor(wait, state, question)).find((why) => why !== undefined);
}

function actionName(action: Action): string {
  if (action.type === "issue") return action.certificate;
  return action.type === "sync" ? action.bundle : action.holder;
}

/** A leaf may be renewed at any moment; a CA only where its time comes during the plan. */
function* renewals({ world }: State, { now, within }: Question): Iterable<Action> {
  for (const certificate of objectsIn(world, "Certificate")) {
    const secret = secretOf(world, certificate);
    const due = nextRenewal(world, secret, certificate);
    if (due === undefined || (isCa(certificate) && due > now + within)) continue;
    if (signerOf(world, certificate).type === "none") continue;
    yield { type: "issue", certificate: nameOf(certificate), why: "Renewing" };
  }
}

function actorOf(action: Action): TraceStep["by"] {
  if (action.type === "issue") return "cert-manager";
  return action.type === "sync" ? "trust-manager" : "component";
}
