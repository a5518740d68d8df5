import type { Location } from "../../model/location.ts";
import { distance } from "../../show/distance.ts";
import { inert } from "../../show/inert.ts";
import { wrap } from "../../show/wrap.ts";
import type { Handshake, Verdict } from "../../trust/handshake.ts";
import { paintOf, type Paint } from "../paint.ts";
import type { HandshakesDocument, HandshakesOptions, WorldTrust } from "./document.ts";
import { countOf, rowsOf, type Row } from "./rows.ts";
import type { ShownStore } from "./stores.ts";

const indent = 9;

/** The handshakes for people: what fails first, then what is not known, then what holds and until when. */
export function render(document: HandshakesDocument, options: HandshakesOptions): string {
  const paint = paintOf(options.color);
  const several = document.worlds.length > 1;
  const blocks = document.worlds.map((world) => {
    const title = several ? [paint.title(inert(world.name || "other files"))] : [];
    return [...title, ...linesOf(world, document.now, options, paint)].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}

function linesOf(
  { handshakes, stores }: WorldTrust,
  now: string,
  options: HandshakesOptions,
  paint: Paint,
): readonly string[] {
  if (handshakes.length === 0) return ["No handshake: no TLS feature that needs one is on."];
  const rows = rowsOf(handshakes, options.all).flatMap((row) => rowLines(row, now, options, paint));
  const trust = options.all ? stores.flatMap((store) => storeLines(store, options, paint)) : [];
  return [...rows, ...trust, "", countOf(handshakes)];
}

/** What a dialer keeps, and what its reader has dropped, with the line it stands in. */
function storeLines(
  { holder, certificates, dropped, open, broken }: ShownStore,
  options: HandshakesOptions,
  paint: Paint,
): readonly string[] {
  const told = [
    ...certificates.map(
      ({ subject, notAfter, from, location }) =>
        `${subject}, until ${notAfter}: ${spotOf(from, location)}`,
    ),
    ...dropped.map(
      ({ why, from, location }) => `dropped, because ${why}: ${spotOf(from, location)}`,
    ),
    ...(open === null ? [] : [`perhaps more: ${open}`]),
    ...(broken === null ? [] : [`does not dial: ${broken}`]),
  ];
  const where = holder.namespace === "" ? "" : ` in namespace ${holder.namespace}`;
  const who = `${holder.component}${where}`;
  return shownLines("trust", paint.title, [who, ...told], options.width);
}

function spotOf(
  { kind, namespace, name, key }: ShownStore["certificates"][number]["from"],
  location: Location | null,
): string {
  const place = location ? ` (${location.file}:${String(location.line)})` : "";
  return `${key} of ${kind} ${namespace}/${name}${place}`;
}

function rowLines(
  { verdict, who, first, handshakes }: Row,
  now: string,
  options: HandshakesOptions,
  paint: Paint,
): readonly string[] {
  const told = [
    ...outcomeOf(first, handshakes.length, now),
    ...(verdict === "fails" || options.all ? detailsOf(first) : []),
    ...(first.note === null ? [] : [`note: ${first.note}`]),
  ];
  return shownLines(verdict, colourOf(verdict, paint), [who, ...told], options.width);
}

/** A word in the margin, and the lines beside it. */
function shownLines(
  word: string,
  colour: (text: string) => string,
  lines: readonly string[],
  width: number,
): readonly string[] {
  const mark = colour(word.padEnd(indent - 2));
  return lines.map(inert).flatMap((line, i) => {
    const [head = "", ...rest] = wrap(line, width, indent);
    return [i === 0 ? `${mark}  ${head}` : `${" ".repeat(indent)}${head}`, ...rest];
  });
}

function outcomeOf({ reason, until }: Handshake, count: number, now: string): readonly string[] {
  const time = until === null ? [] : [`until ${until} (${distance(until, now)})`];
  if (reason === null) return time.map((one) => (count > 1 ? `the first ${one}` : one));
  return [`${reason.code}: ${reason.text}`, ...time.map((one) => `in any case only ${one}`)];
}

function detailsOf({ chain, tried, serverNames }: Handshake): readonly string[] {
  return [
    ...(serverNames.length > 0 ? [`names: ${serverNames.join(", ")}`] : []),
    ...chain.map(({ subject, notAfter }) => `chain: ${subject}, until ${notAfter}`),
    ...tried.map(({ path, why }) => `tried: ${path.join(" <- ")}: ${why}`),
  ];
}

function colourOf(verdict: Verdict, paint: Paint): (text: string) => string {
  if (verdict === "fails") return paint.severity.error;
  return verdict === "unknown" ? paint.severity.warning : paint.title;
}
