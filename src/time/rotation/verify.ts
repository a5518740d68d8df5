import { isCa } from "../../model/certmanager/certificate.ts";
import type { Inventory } from "../../model/inventory.ts";
import { nameOf, type KubeObject } from "../../model/object.ts";
import type { Dialog } from "../../trust/dialogs.ts";
import type { Handshake } from "../../trust/handshake.ts";
import { carriedBy, foretoldBy } from "../foretold.ts";
import { nextRenewal } from "../cert-manager/renewal.ts";
import { timeText } from "../time-text.ts";
import { quickJudge } from "../judge.ts";
import { rowsOf } from "../judged.ts";
import { slicesOf, withSlice } from "../slices.ts";
import { freshState } from "../state.ts";
import { objectsIn, secretOf, worldOf, type World } from "../world.ts";
import { explore, type Explored, type Failure } from "./explore.ts";
import { waitText, type PlanStep } from "./steps.ts";
import { waitsFor, type Look } from "./waits.ts";

/**
 * safe: no handshake fails in any interleaving. unsafe: one does, and the trace is a shortest one. stopped: the plan
 * is right to wait for something that does not come by itself, and has broken nothing.
 */
export interface Verification {
  readonly verdict: "safe" | "unsafe" | "stopped";
  /** How many states were looked at, over all kinds of endpoints. */
  readonly states: number;
  /** Kinds of endpoints that nothing tells apart, and how many endpoints they stand for. */
  readonly kinds: number;
  readonly endpoints: number;
  readonly failure: Failure | undefined;
  /** Where the plan stops, and what it waits for. */
  readonly stopped: { readonly step: string; readonly waitsFor: string } | undefined;
  readonly assumptions: readonly string[];
}

export interface VerifyOptions {
  /** For so long may the plan take, in milliseconds. */
  readonly within: number;
}

export function verify(
  inventory: Inventory,
  start: number,
  steps: readonly PlanStep[],
  { within }: VerifyOptions,
): Verification {
  const manifests = steps.flatMap((step) => step.manifests);
  const now = judgedAt(start, start + within, manifests);
  const world = worldOf(inventory);
  const rows = rowsOf(world, now);
  const { shared, slices } = slicesOf(world, rows);
  const foretold = foretoldBy(world, manifests);
  const healthy = unhealthyStart(world, steps, { now, rows: () => rows });
  const worlds =
    slices.length === 0
      ? [{ part: shared, leaf: "" }]
      : slices.map((slice) => ({
          part: withSlice(shared, slice),
          leaf: nameOf(slice.leaf.secret),
        }));
  const results = healthy
    ? []
    : worlds.map(({ part, leaf }) =>
        explore({
          world: part,
          rows: quickJudge(part, focusOf(rows, world, shared, leaf)),
          now,
          steps,
          foretold,
          within,
        }),
      );
  const failure = shortest(results);
  const stuck = results.find(({ stuck: why }) => why !== undefined);
  const stopped = healthy ?? stoppedAt(stuck, steps);
  return {
    verdict: failure ? "unsafe" : stopped ? "stopped" : "safe",
    states: results.reduce((sum, { states }) => sum + states, 0),
    kinds: worlds.length,
    endpoints: slices.reduce((sum, { members }) => sum + members.length, 0),
    failure,
    stopped: failure ? undefined : stopped,
    assumptions: assumptionsOf(world, now, within, steps, results),
  };
}

/** A plan may bring a CA that is not valid yet: nobody applies it before it is. */
function judgedAt(start: number, end: number, manifests: readonly KubeObject[]): number {
  const times = carriedBy(manifests)
    .map(({ notBefore }) => notBefore.getTime())
    .filter((time) => time <= end);
  return Math.max(start, ...times);
}

/** The handshakes with a leaf, with what is shared, and with what is not there at all. */
function focusOf(
  rows: readonly Handshake[],
  world: World,
  shared: World,
  leaf: string,
): (dialog: Dialog) => boolean {
  const mine = rows.filter(({ verdict, presents }) => {
    if (verdict === "unknown" || !presents) return false;
    const name = nameOf(presents);
    return name === leaf || shared.objects.has(name) || !world.objects.has(name);
  });
  const keys = new Set(mine.map(partiesOf));
  return (dialog) => keys.has(partiesOf({ ...dialog, presents: dialog.target.secret ?? null }));
}

function partiesOf({
  dialer,
  endpoint,
  presents,
}: Pick<Handshake, "dialer" | "endpoint" | "presents">): string {
  return `${dialer.component} ${endpoint.component} ${endpoint.namespace} ${presents ? nameOf(presents) : ""}`;
}

/** A plan that begins by looking stops there, and nothing has been changed. */
function unhealthyStart(
  world: World,
  steps: readonly PlanStep[],
  look: Look,
): Verification["stopped"] {
  const [first] = steps;
  if (!first?.waits.some(({ type }) => type === "healthy")) return undefined;
  const why = waitsFor({ type: "healthy" }, freshState(world), look);
  return why === undefined ? undefined : { step: first.name, waitsFor: why };
}

function shortest(results: readonly Explored[]): Failure | undefined {
  return results
    .flatMap(({ failure }) => failure ?? [])
    .toSorted((a, b) => a.trace.length - b.trace.length)[0];
}

function stoppedAt(
  result: Explored | undefined,
  steps: readonly PlanStep[],
): Verification["stopped"] {
  const step = result && steps[result.reached];
  return step && { step: step.name, waitsFor: result.stuck ?? "" };
}

function assumptionsOf(
  world: World,
  now: number,
  within: number,
  steps: readonly PlanStep[],
  results: readonly Explored[],
): readonly string[] {
  const end = now + within;
  const due = objectsIn(world, "Certificate").filter((certificate) => {
    const renewal = nextRenewal(world, secretOf(world, certificate), certificate);
    return isCa(certificate) && renewal !== undefined && renewal <= end;
  });
  const waits = [...new Set(steps.flatMap((step) => step.waits.map(waitText)))];
  return [
    `the plan is finished by ${timeText(end)}, and no certificate expires before cert-manager renews it`,
    due.length === 0
      ? "no CA is due for renewal before that"
      : `${due.map(nameOf).join(", ")} may be renewed at any moment of the plan`,
    "a leaf may be renewed at any moment; trust-manager, and the components that watch, have followed a change within a minute, before the next step is taken",
    ...waits.map((wait) => `where a step waits, it is not taken before ${wait}`),
    ...(results.every(({ complete }) => complete)
      ? []
      : ["there are more states than were looked at"]),
  ];
}
