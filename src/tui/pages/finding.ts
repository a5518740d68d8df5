import type { Excerpt, Location } from "../../model/location.ts";
import { nameOf } from "../../model/object.ts";
import type { LocatedFinding } from "../../rule/report.ts";
import { distance } from "../../show/distance.ts";
import type { WorldHandshakes } from "../../show/endpoints.ts";
import { groupBy } from "../../show/group-by.ts";
import { markedLines } from "../../show/marked-lines.ts";
import { relatedText } from "../../show/related.ts";
import { spot } from "../../show/spot.ts";
import { plural } from "../../show/summary.ts";
import { labelOf, type Handshake } from "../../trust/handshake.ts";
import type { Contents } from "../contents.ts";
import { blank, folded, line, span, type Line, type Role } from "../line.ts";
import { keptLast } from "../once.ts";
import { chainLines } from "./handshake.ts";

const consequencesShown = 10;
const handshakesShown = 20;
const chainsShown = 3;

/** One finding: what, where in the object, why, what it breaks, what mends it, what follows. */
export function findingPage(
  contents: Contents,
  fingerprint: string,
  width: number,
): readonly Line[] {
  const finding = contents.listing.byFingerprint.get(fingerprint);
  if (!finding) return [line("The finding is gone: it has been mended, or is no longer found.")];
  return [
    ...headline(finding, width),
    ...source(contents, finding, width),
    ...notes(contents, finding, width),
    ...chains(contents, finding, width),
    ...causes(contents, finding, width),
    ...consequences(contents, finding, width),
  ];
}

function headline(finding: LocatedFinding, width: number): readonly Line[] {
  const { severity, code, id, message, accepted, subject, location } = finding;
  const where = location ? `${spot(location)} (${nameOf(subject)})` : nameOf(subject);
  return [
    line(span(`${severity} ${code}`, severity), ` ${id}`, accepted ? ` [${accepted}]` : ""),
    ...folded(message, width, 0).map((text) => line(span(text, "title"))),
    ...folded(`--> ${where}`, width, 4, 0).map((text) => line(span(text, "quiet"))),
  ];
}

/** The object as YAML, with carets under what the finding is about. */
function source(contents: Contents, finding: LocatedFinding, width: number): readonly Line[] {
  const text = contents.objectText(finding);
  const own =
    finding.location && finding.excerpt
      ? { location: finding.location, excerpt: finding.excerpt }
      : undefined;
  const shown = text ?? own;
  return shown ? [blank, ...yaml(shown.location, shown.excerpt, width)] : [];
}

function yaml(location: Location, excerpt: Excerpt, width: number): readonly Line[] {
  const last = excerpt.firstLine + excerpt.lines.length - 1;
  const gutter = String(last).length;
  const room = Math.max(20, width - gutter - 4);
  return markedLines(location, excerpt, room).flatMap(({ number, text, indent, carets }) => {
    const isMarked = carets !== "";
    const head = span(`${isMarked ? ">" : " "} ${String(number).padStart(gutter)} | `, "frame");
    const under = span(`  ${" ".repeat(gutter)} | `, "frame");
    return isMarked
      ? [line(head, span(text, "title")), line(under, indent, span(carets, "mark"))]
      : [line(head, text)];
  });
}

function notes(contents: Contents, finding: LocatedFinding, width: number): readonly Line[] {
  const { consequence, from, remedy, evidence, handshakes, relatedLocations } = finding;
  const now = contents.report.now;
  const broken = handshakes.slice(0, handshakesShown);
  const more = handshakes.length - broken.length;
  return [
    ...note("breaks", consequence, width, "error"),
    ...broken.flatMap((handshake) => note("breaks", handshake, width, "error")),
    ...note("breaks", more > 0 ? plural(more, "more handshake") : "", width, "error"),
    ...note("from", from === undefined ? "" : `${from}, ${distance(from, now)}`, width, "warning"),
    ...note("fix", remedy, width, "good"),
    ...evidence.flatMap((text) => note("because", text, width)),
    ...relatedLocations.flatMap((related) => note("see also", relatedText(related), width)),
    ...rule(contents, finding, width),
  ];
}

function rule({ report }: Contents, { code }: LocatedFinding, width: number): readonly Line[] {
  const about = report.rules.find((one) => one.code === code);
  return about
    ? [
        ...note("rule", `${about.summary} (p shows its page)`, width),
        ...note("source", about.citation, width),
      ]
    : [];
}

/** A named paragraph with a blank line above it; nothing where the text is empty. */
function note(name: string, text: string, width: number, role?: Role): readonly Line[] {
  if (text === "") return [];
  const [first = "", ...rest] = folded(text, width, 2, name.length + 2);
  return [blank, line(span(`${name}: `, role ?? "title"), first), ...rest.map((one) => line(one))];
}

/** How the certificates of the handshakes that it breaks chain up, and which candidates were refused. */
function chains(contents: Contents, finding: LocatedFinding, width: number): readonly Line[] {
  if (finding.handshakes.length === 0) return [];
  const handshakes = contents.handshakes.value();
  if (!handshakes?.known) return [];
  const labelled = byLabel(handshakes.value).get(finding.world);
  return [...new Set(finding.handshakes)]
    .flatMap((label) => labelled?.get(label) ?? [])
    .toSorted((a, b) => a.place - b.place)
    .slice(0, chainsShown)
    .flatMap(({ handshake }) => [blank, ...chainLines(handshake, contents.report.now, width)]);
}

/** A handshake, and which of them all it is. */
interface Placed {
  readonly handshake: Handshake;
  readonly place: number;
}

/** By world and by label. */
const byLabel = keptLast((worlds: readonly WorldHandshakes[]) => {
  const labelled = [...groupBy(worlds, ({ name }) => name)].map(([name, mine]) => {
    const all = mine.flatMap(({ handshakes }) => handshakes);
    const placed = all.map((handshake, place): Placed => ({ handshake, place }));
    return [name, groupBy(placed, ({ handshake }) => labelOf(handshake))] as const;
  });
  return new Map(labelled);
});

function causes(contents: Contents, finding: LocatedFinding, width: number): readonly Line[] {
  return finding.causes.flatMap((fingerprint) => {
    const cause = contents.listing.byFingerprint.get(fingerprint);
    return cause ? note("follows from", `${cause.code} ${cause.message}`, width) : [];
  });
}

function consequences(contents: Contents, finding: LocatedFinding, width: number): readonly Line[] {
  const following = contents.listing.root(finding.fingerprint)?.consequences ?? [];
  if (following.length === 0) return [];
  const more = following.length - consequencesShown;
  const many = more > 0 ? ", the first of them" : "";
  return [
    ...note(
      "follows",
      `${plural(following.length, "more finding")} (Enter lists them)${many}`,
      width,
      "title",
    ),
    ...following
      .slice(0, consequencesShown)
      .flatMap(({ code, message }) =>
        folded(`${code} ${message}`, width, 6, 4).map((text, i) =>
          line(i === 0 ? `    ${text}` : text),
        ),
      ),
  ];
}
