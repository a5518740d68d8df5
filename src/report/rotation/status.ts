import { distance } from "../../show/distance.ts";
import { inert } from "../../show/inert.ts";
import { wrap } from "../../show/wrap.ts";
import { timeText } from "../../time/time-text.ts";
import type { Known } from "../../model/known.ts";
import { caText } from "../../time/rotation/ca-text.ts";
import type { RotationStatus } from "../../time/rotation/status.ts";

interface WorldStatus {
  readonly name: string;
  readonly status: Known<RotationStatus>;
}

export function statusJson(worlds: readonly WorldStatus[], now: number): string {
  const rotations = worlds.map(({ name, status }) =>
    status.known
      ? { cluster: name, known: true, ...status.value }
      : { cluster: name, known: false, why: status.why },
  );
  const document = { version: 1, kind: "rotation-status", now: timeText(now), rotations };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

export function statusText(worlds: readonly WorldStatus[], now: number, width: number): string {
  const blocks = worlds.map(({ name, status }) => {
    const title = worlds.length > 1 ? [inert(name || "other files")] : [];
    const lines = status.known
      ? linesOf(status.value, now)
      : [`Where a rotation stands is not known: ${status.why}`];
    return [...title, ...lines.flatMap((line) => wrap(inert(line), width, 4, 0))].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}

function linesOf(status: RotationStatus, now: number): readonly string[] {
  const { phase, title, step, begun, cas, next, blocks, oldCaMayGoAt } = status;
  const where = begun === null ? `after step ${String(step)}` : `in step ${String(begun)}`;
  return [
    `${phase}, ${where} of 9: ${title}`,
    ...cas.map(caText),
    `next: ${next}`,
    ...blocks.map((block) => `but: ${block}`),
    ...(oldCaMayGoAt === null
      ? []
      : [`the old CA may go at ${oldCaMayGoAt} (${distance(oldCaMayGoAt, timeText(now))})`]),
  ];
}
