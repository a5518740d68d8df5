import { nameOf } from "../../model/object.ts";
import { distance } from "../../show/distance.ts";
import { labelOf, type Handshake, type Link, type Verdict } from "../../trust/handshake.ts";
import type { Contents } from "../contents.ts";
import { endpointsOf } from "../../show/endpoints.ts";
import { blank, folded, line, span, type Line, type Role } from "../line.ts";

export const roleOf: Readonly<Record<Verdict, Role>> = {
  holds: "good",
  fails: "error",
  unknown: "warning",
};

/** What one endpoint presents, and what each dialer makes of it. */
export function handshakePage(contents: Contents, key: string, width: number): readonly Line[] {
  const { report } = contents;
  const handshakes = contents.handshakes.work();
  if (!handshakes.known) return folded(handshakes.why, width, 0).map((text) => line(text));
  const mine = endpointsOf(handshakes.value).byKey.get(key)?.handshakes ?? [];
  if (mine.length === 0) return [line("There is no such endpoint any more.")];
  return mine.flatMap((handshake, i) => [
    ...(i > 0 ? [blank] : []),
    ...chainLines(handshake, report.now, width),
  ]);
}

/** One handshake: verdict, reason, names, the chain as a tree, and every candidate that was refused. */
export function chainLines(handshake: Handshake, now: string, width: number): readonly Line[] {
  const { verdict, reason, until, serverNames, presents, chain, tried, note } = handshake;
  const told = (name: string, text: string): readonly Line[] =>
    folded(`${name}: ${text}`, width, 4, 2).map((one, i) => line(i === 0 ? `  ${one}` : one));
  return [
    line(span(verdict, roleOf[verdict]), " ", span(labelOf(handshake), "title")),
    ...(reason ? told("because", reason.text) : []),
    ...(until === null ? [] : told("until", `${until}, ${distance(until, now)}`)),
    ...(presents ? told("presents", nameOf(presents)) : []),
    ...(serverNames.length > 0 ? told("names asked for", serverNames.join(", ")) : []),
    ...tree(chain, now, width),
    ...tried.flatMap(({ path, why }) => [
      ...folded(`x ${path.join(" <- ")}`, width, 6, 2).map((text, i) =>
        line(span(i === 0 ? `  ${text}` : text, "error")),
      ),
      ...folded(`refused: ${why}`, width, 6, 4).map((text, i) =>
        line(i === 0 ? `    ${text}` : text),
      ),
    ]),
    ...(note === null ? [] : told("note", note)),
  ];
}

/** The anchor first, each certificate below the one that signed it, with its fields. */
function tree(chain: readonly Link[], now: string, width: number): readonly Line[] {
  return chain.toReversed().flatMap((link, depth) => {
    const indent = "  ".repeat(depth + 1);
    const what = depth === 0 ? "anchor" : depth === chain.length - 1 ? "leaf" : "intermediate";
    const fields = [
      `${link.notBefore} to ${link.notAfter}, ${expiry(link.notAfter, now)}`,
      `SHA-256 ${link.sha256}`,
      `from ${nameOf(link.from.object)} ${link.from.key}`,
    ];
    return [
      line(indent, span("└─ ", "frame"), `${what}: `, span(link.subject, "title")),
      ...fields.flatMap((text) =>
        folded(text, width, indent.length + 6, indent.length + 4).map((one, i) =>
          line(span(i === 0 ? `${indent}    ${one}` : one, "quiet")),
        ),
      ),
    ];
  });
}

function expiry(notAfter: string, now: string): string {
  const when = distance(notAfter, now);
  return Date.parse(notAfter) <= Date.parse(now) ? `expired ${when}` : `expires ${when}`;
}
