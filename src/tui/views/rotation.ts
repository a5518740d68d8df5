import { inert } from "../../show/inert.ts";
import { distance } from "../../show/distance.ts";
import type { Known } from "../../model/known.ts";
import { caText } from "../../time/rotation/ca-text.ts";
import type { RotationStatus } from "../../time/rotation/status.ts";
import { blank, folded, line, span, type Line, type Role } from "../line.ts";
import { emptyList, spokenLine, type List, type ListContext } from "./view.ts";

/** The documentation page's nine steps. */
const steps = [
  "everything is up and running",
  "every Service has its certificates, and none is expired",
  "no CA is expired",
  "the old and the new CA are trusted",
  "the issuers use the new CA",
  "cert-manager issues the certificates again",
  "every certificate is of the new CA",
  "every component has had the time to load them",
  "the old CA is trusted no longer",
] as const;

/** The nine steps of a rotation, where it stands, and the next action. */
export function rotationList({ contents, spot, width }: ListContext): List {
  const rotations = contents.rotations.value();
  if (!rotations) return emptyList("rotation", "Working out where the rotation stands…");
  const words = spot.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const lines = rotations
    .flatMap((one, i) => [
      ...(i > 0 ? [blank] : []),
      ...(rotations.length > 1 ? [line(span(`  ${one.name || "other files"}`, "title"))] : []),
      ...linesOf(one.status, contents.report.now, width),
    ])
    .filter((one) => words.every((word) => spokenLine(one).toLowerCase().includes(word)));
  return {
    count: lines.length,
    about: "the nine steps of a rotation without downtime, and the next one",
    empty:
      spot.filter === "" ? "There is no cluster in what was read." : "No line fits the filter.",
    heading: [],
    row: (index) => lines[index] ?? blank,
    pageAt: () => undefined,
    spoken: (index) => spokenLine(lines[index] ?? blank),
  };
}

function linesOf(status: Known<RotationStatus>, now: string, width: number): readonly Line[] {
  if (!status.known)
    return told(`Where a rotation stands is not known: ${status.why}`, width, "quiet");
  const { phase, title, cas, next, blocks, oldCaMayGoAt } = status.value;
  const under = stepUnderWay(status.value);
  return [
    ...told(`${phase}: ${title}`, width, "title"),
    ...steps.flatMap((text, i) => stepLines(i + 1, text, under, width)),
    ...told(`next: ${next}`, width, "good"),
    ...blocks.flatMap((block) => told(`but: ${block}`, width, "warning")),
    ...(oldCaMayGoAt === null
      ? []
      : told(`the old CA may go at ${oldCaMayGoAt} (${distance(oldCaMayGoAt, now)})`, width)),
    ...cas.flatMap((ca) => told(caText(ca), width)),
  ];
}

/** The first that is not done. */
function stepUnderWay({ phase, step }: RotationStatus): number {
  return phase === "S5" ? step : step + 1;
}

function stepLines(step: number, text: string, under: number, width: number): readonly Line[] {
  const state = step < under ? "done" : step === under ? "now" : "";
  const head = `  ${String(step)} ${state.padEnd(5)}`;
  return folded(text, width, head.length, head.length).map((one, i) =>
    line(span(i === 0 ? head + one : one, stepRole[state])),
  );
}

const stepRole = { done: "good", now: "title", "": "quiet" } as const;

function told(text: string, width: number, role?: Role): readonly Line[] {
  return folded(inert(text), width, 4, 2).map((one, i) =>
    line(span(i === 0 ? `  ${one}` : one, role)),
  );
}
