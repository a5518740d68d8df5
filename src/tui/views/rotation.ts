import { distance } from "../../show/distance.ts";
import type { Known } from "../../model/known.ts";
import { thousands } from "../../model/thousands.ts";
import type { WorldHandshakes } from "../../show/endpoints.ts";
import { caText } from "../../time/rotation/ca-text.ts";
import type { RotationStatus } from "../../time/rotation/status.ts";
import type { Verdict } from "../../trust/handshake.ts";
import type { Contents } from "../contents.ts";
import { blank, folded, line, span, type Line, type Role } from "../line.ts";
import { keptLast } from "../once.ts";
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
      ...linesOf(one.status, checksOf(one, contents), contents.report.now, width),
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

type Verdicts = Readonly<Record<Verdict, number>>;

/** Whether the handshakes of the cluster hold: without that no rotation begins. */
function checksOf({ name }: { readonly name: string }, { handshakes }: Contents): Verdicts {
  const worlds = handshakes.value();
  const none = { holds: 0, fails: 0, unknown: 0 };
  return (worlds?.known ? verdictsOf(worlds.value).get(name) : undefined) ?? none;
}

const verdictsOf = keptLast((worlds: readonly WorldHandshakes[]): ReadonlyMap<string, Verdicts> => {
  const all = new Map<string, Record<Verdict, number>>();
  for (const { name, handshakes } of worlds) {
    const counts = all.get(name) ?? { holds: 0, fails: 0, unknown: 0 };
    for (const { verdict } of handshakes) counts[verdict]++;
    all.set(name, counts);
  }
  return all;
});

function linesOf(
  status: Known<RotationStatus>,
  verdicts: Verdicts,
  now: string,
  width: number,
): readonly Line[] {
  if (!status.known)
    return told(`Where a rotation stands is not known: ${status.why}`, width, "quiet");
  const { phase, title, cas, next, blocks, oldCaMayGoAt } = status.value;
  return [
    ...told(`${phase}: ${title}`, width, "title"),
    ...steps.flatMap((text, i) =>
      stepLines(
        i + 1,
        i === 0 ? `${text}: ${countsOf(verdicts)}` : text,
        stateOf(i + 1, status.value, verdicts, now),
        width,
      ),
    ),
    ...told(`next: ${next}`, width, "good"),
    ...blocks.flatMap((block) => told(`but: ${block}`, width, "warning")),
    ...(oldCaMayGoAt === null
      ? []
      : told(`the old CA may go at ${oldCaMayGoAt} (${distance(oldCaMayGoAt, now)})`, width)),
    ...cas.flatMap((ca) => told(caText(ca), width)),
  ];
}

function countsOf({ holds, fails, unknown }: Verdicts): string {
  return `${thousands(fails)} handshakes fail, ${thousands(holds)} hold, ${thousands(unknown)} are not decided`;
}

type StepState = "done" | "no" | "now" | "";

/** A step that is behind is done only if what it asks for still holds. */
function stateOf(
  step: number,
  { phase, step: last, cas }: RotationStatus,
  { fails }: Verdicts,
  now: string,
): StepState {
  if (step > last) return step === last + 1 ? "now" : "";
  const isBroken =
    (step <= 2 && fails > 0) ||
    (step === 3 && cas.some(({ notAfter }) => notAfter <= now)) ||
    (step === 4 && phase < "S8" && cas.some(({ role, inBundle }) => role !== "new" && !inBundle));
  return isBroken ? "no" : "done";
}

function stepLines(step: number, text: string, state: StepState, width: number): readonly Line[] {
  const head = `  ${String(step)} ${state.padEnd(5)}`;
  return folded(text, width, head.length, head.length).map((one, i) =>
    line(span(i === 0 ? head + one : one, stepRole[state])),
  );
}

const stepRole = { done: "good", no: "error", now: "title", "": "quiet" } as const;

function told(text: string, width: number, role?: Role): readonly Line[] {
  return folded(text, width, 4, 2).map((one, i) => line(span(i === 0 ? `  ${one}` : one, role)));
}
