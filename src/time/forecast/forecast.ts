import type { Inventory } from "../../model/inventory.ts";
import { rowsOf } from "../judged.ts";
import { endOf, slicesOf, type Slice } from "../slices.ts";
import { worldOf } from "../world.ts";
import { assumptionsOf } from "./assumptions.ts";
import { judgeOf, type Break, type Span } from "./breaks.ts";
import { courseOf, type Course } from "./course.ts";
import { byTimeAndCause, leafEvents, nominalPath, sharedEvents } from "./happenings.ts";
import { first, generationsOf, reignsOver, type Generation } from "./lives.ts";
import type { Life, Lives } from "./life.ts";
import { momentsOf } from "./moments.ts";
import { ordersOf } from "./orders.ts";
import type { Broken, Forecast } from "./result.ts";
import { timeText } from "../time-text.ts";
import { brokenOf, type Found } from "./words.ts";

/** What will happen until `end` if nobody acts, and which handshakes it breaks. Times in milliseconds. */
export function forecast(inventory: Inventory, now: number, end: number): Forecast {
  const world = worldOf(inventory);
  const rows = rowsOf(world, now);
  const { shared, slices } = slicesOf(world, rows);
  const course = courseOf(shared, now, end);
  const judge = judgeOf(course);
  const lives = slices.map((slice) => livesOf(course, slice, now));
  const found = [
    ...firstOfEach(judge.breaks(undefined, "shared", { from: now, to: end })).map((one): Found => ({
      break: one,
      slice: undefined,
      leaf: undefined,
      generation: undefined,
      alike: 1,
    })),
    ...lives.flatMap((life) => firstBreaks(life, judge)),
  ].toSorted(byTime);
  const broken = found.map((one): Broken =>
    brokenOf(one, course, ordersOf(one, course, judge, lives)),
  );
  const path = nominalPath(course);
  const events = [
    ...sharedEvents(path, course),
    ...lives.flatMap(({ members }) => leafEvents(members, course.end)),
  ].toSorted(byTimeAndCause);
  return {
    from: timeText(now),
    until: timeText(course.end),
    events,
    states: momentsOf({ rows, path, lives, judge, events, now }),
    broken,
    firstBroken: broken[0] ?? null,
    assumptions: assumptionsOf(world, course, rows),
  };
}

function livesOf(course: Course, slice: Slice, now: number): Lives {
  const { certificate } = slice.leaf;
  const reigns = certificate ? reignsOver(course, certificate) : [];
  const members = slice.members.map((leaf) => ({
    leaf,
    generations: generationsOf(course, leaf, reigns, now),
  }));
  const signed = new Map<string, Span>();
  for (const { generations } of members) {
    for (const { signer, from, to } of generations) {
      const span = signed.get(signer) ?? { from, to };
      signed.set(signer, { from: Math.min(span.from, from), to: Math.max(span.to, to) });
    }
  }
  return { slice, members, signed };
}

const always: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

type Judge = ReturnType<typeof judgeOf>;

/** For each handshake of a slice, the leaf that fails first. */
function firstBreaks({ slice, members, signed }: Lives, judge: Judge): readonly Found[] {
  const best = new Map<string, Found & { alike: number }>();
  for (const life of members) {
    for (const found of breaksOf(life, { slice, signed, judge }).values()) {
      const { key } = found.break;
      const known = best.get(key);
      if (!known || found.break.from < known.break.from) best.set(key, { ...found, alike: 1 });
      else if (found.break.from === known.break.from) known.alike++;
    }
  }
  return [...best.values()];
}

/** For each handshake with one leaf, when it fails first. */
function breaksOf(
  { leaf, generations }: Life,
  { slice, signed, judge }: Pick<Lives, "slice" | "signed"> & { readonly judge: Judge },
): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  const isKnown = (key: string, from: number) =>
    (found.get(key)?.break.from ?? Number.POSITIVE_INFINITY) <= from;
  const add = (one: Break, generation: Generation) => {
    if (isKnown(one.key, one.from)) return;
    found.set(one.key, { break: one, slice, leaf, generation, alike: 1 });
  };
  for (const generation of generations) {
    for (const one of judge.breaks(
      slice,
      generation.signer,
      signed.get(generation.signer) ?? always,
    )) {
      const from = Math.max(one.from, generation.from);
      if (isKnown(one.key, from)) continue;
      const ownEnd = generation.signer === first && one.from === endOf(slice.leaf);
      if (from > Math.min(one.to, generation.to) || (ownEnd && slice.leaf !== leaf)) continue;
      add({ ...one, from }, generation);
    }
    for (const one of runsOut(generation, slice, judge)) add(one, generation);
  }
  return found;
}

/** A certificate that nobody renews in time. */
function runsOut(generation: Generation, slice: Slice, judge: Judge): readonly Break[] {
  const { notAfter, to, signer } = generation;
  return notAfter < to ? judge.holding(slice, signer, notAfter) : [];
}

function firstOfEach(breaks: readonly Break[]): readonly Break[] {
  const seen = new Set<string>();
  return breaks.filter(({ key }) => {
    return !seen.has(key) && seen.add(key);
  });
}

function byTime(a: Found, b: Found): number {
  return a.break.from - b.break.from || (a.break.key < b.break.key ? -1 : 1);
}
