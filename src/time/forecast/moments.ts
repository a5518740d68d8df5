import type { Handshake } from "../../trust/handshake.ts";
import { rowKey } from "../judged.ts";
import type { judgeOf } from "./breaks.ts";
import type { Node, Step } from "./course.ts";
import type { Lives } from "./life.ts";
import { first } from "./lives.ts";
import type { Happening, Moment } from "./result.ts";
import { timeText } from "../time-text.ts";

interface Told {
  readonly rows: readonly Handshake[];
  readonly path: readonly Step[];
  readonly lives: readonly Lives[];
  readonly judge: ReturnType<typeof judgeOf>;
  readonly events: readonly Happening[];
  readonly now: number;
}

/**
 * The verdicts along the course in which everything happens at its time: all at the start, then those that change. One
 * endpoint stands for all that nothing tells apart.
 */
export function momentsOf({ rows, path, lives, judge, events, now }: Told): readonly Moment[] {
  const start = path[0]?.from;
  const moments: Moment[] = [{ after: null, at: timeText(now), handshakes: rows }];
  if (!start) return moments;
  const verdicts = new Map(rows.map((row) => [rowKey(row), row.verdict]));
  for (const at of timesOf(path, lives)) {
    const node = nodeAt(path, start, at);
    const there = [
      ...judge.rows(node, undefined, "shared"),
      ...lives.flatMap(({ slice, members }) => {
        const life = members.find(({ leaf }) => leaf === slice.leaf);
        const generation = life?.generations.findLast((one) => one.at <= at);
        return judge.rows(node, slice, generation?.signer ?? first);
      }),
    ].map((row) => runOut(row, at));
    const changed = there.filter((row) => verdicts.get(rowKey(row)) !== row.verdict);
    if (changed.length === 0) continue;
    for (const row of changed) verdicts.set(rowKey(row), row.verdict);
    const text = timeText(at);
    const after = events.findLastIndex((event) => event.at <= text);
    moments.push({ after: after === -1 ? null : after, at: text, handshakes: changed });
  }
  return moments;
}

function timesOf(path: readonly Step[], lives: readonly Lives[]): readonly number[] {
  const own = lives.flatMap(({ slice, members }) =>
    (members.find(({ leaf }) => leaf === slice.leaf)?.generations ?? []).flatMap(
      ({ at, notAfter, to }) => (notAfter < to ? [at, notAfter + 1000] : [at]),
    ),
  );
  return [...new Set([...path.map(({ at }) => at), ...own])].toSorted((a, b) => a - b);
}

function nodeAt(path: readonly Step[], start: Node, at: number): Node {
  return path.findLast((step) => step.at <= at)?.to ?? start;
}

/** The row at a time after which it was judged. */
function runOut(row: Handshake, at: number): Handshake {
  if (row.verdict !== "holds" || row.until === null || Date.parse(row.until) >= at) return row;
  const reason = {
    code: "expired" as const,
    text: `what it rests on was valid until ${row.until}`,
  };
  return { ...row, verdict: "fails", reason, until: null };
}
