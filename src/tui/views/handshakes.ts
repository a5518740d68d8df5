import { thousands } from "../../model/thousands.ts";
import { distance } from "../../show/distance.ts";
import type { Component, Handshake } from "../../trust/handshake.ts";
import { endpointsOf, worstOf, type Endpoint } from "../../show/endpoints.ts";
import { column, line, span, type Line } from "../line.ts";
import { keptLast } from "../once.ts";
import { roleOf } from "../pages/handshake.ts";
import { emptyList, type List, type ListContext } from "./view.ts";

const cellWidth = 8;
const reasonFrom = 120;

/** Every endpoint with what each kind of dialer makes of it: the ones that fail first. */
export function handshakesList({ contents, spot, width }: ListContext): List {
  const { report } = contents;
  const handshakes = contents.handshakes.value();
  if (!handshakes) return emptyList("handshakes", "Working out who trusts whom…");
  if (!handshakes.known) return emptyList("handshakes", handshakes.why);
  const { all, dialers, counts } = endpointsOf(handshakes.value);
  const shown = fitting(all, spot.filter);
  const label = labelWidth(width, dialers.length);
  const visible = dialers.slice(0, Math.max(1, Math.floor((width - label - 2) / (cellWidth + 1))));
  return {
    count: shown.length,
    about: [
      `${thousands(counts.fails)} fail`,
      `${thousands(counts.unknown)} unknown`,
      `${thousands(counts.holds)} hold`,
      ...(spot.filter === "" ? ["/fails filters"] : [`${thousands(shown.length)} endpoints fit`]),
    ].join(" · "),
    empty: spot.filter === "" ? "There are no handshakes." : "No endpoint fits the filter.",
    heading: [
      line(
        span(`  ${"endpoint \\ dialer".padEnd(label)}`, "quiet"),
        ...visible.flatMap((dialer) => [" ", column(short(dialer), cellWidth, "quiet")]),
      ),
    ],
    row: (index, columns) => {
      const endpoint = shown[index];
      return endpoint ? row(endpoint, visible, label, columns, report.now) : line();
    },
    pageAt: (index) => {
      const endpoint = shown[index];
      return endpoint && { type: "handshake", key: endpoint.key };
    },
    spoken: (index) => spoken(shown[index]),
  };
}

const fitting = keptLast((all: readonly Endpoint[], filter: string): readonly Endpoint[] => {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0
    ? all
    : all.filter(({ haystack }) => words.every((word) => haystack.includes(word)));
});

function labelWidth(width: number, dialers: number): number {
  const rest = width - 2 - dialers * (cellWidth + 1);
  return Math.max(22, Math.min(64, width >= reasonFrom ? rest - 40 : rest));
}

/** "kourier-gateway" -> "kourier", as a column is narrow. */
function short(dialer: Component): string {
  return dialer.replace(/-gateway$/, "");
}

function row(
  endpoint: Endpoint,
  dialers: readonly Component[],
  label: number,
  width: number,
  now: string,
): Line {
  const cells = dialers.flatMap((dialer) => {
    const mine = endpoint.handshakes.filter((one) => one.dialer.component === dialer);
    const verdict = worstOf(mine);
    return [
      " ",
      mine.length === 0
        ? column("·", cellWidth, "quiet")
        : column(verdict === "fails" ? "FAILS" : verdict, cellWidth, roleOf[verdict]),
    ];
  });
  const remark = width >= reasonFrom ? [" ", remarkOf(endpoint, now)] : [];
  return line("  ", column(endpoint.label, label), ...cells, ...remark);
}

/** The reason of the worst, or how long all of them hold. */
function remarkOf({ handshakes, worst }: Endpoint, now: string): string {
  const reason = handshakes.find(({ verdict }) => verdict === worst)?.reason;
  if (reason) return reason.text;
  const until = soonest(handshakes);
  return until === undefined ? "" : `until ${until}, ${distance(until, now)}`;
}

function soonest(handshakes: readonly Handshake[]): string | undefined {
  return handshakes
    .flatMap(({ until }) => (until === null ? [] : [until]))
    .toSorted((a, b) => Date.parse(a) - Date.parse(b))[0];
}

function spoken(endpoint: Endpoint | undefined): string {
  if (!endpoint) return "";
  const verdicts = endpoint.handshakes.map(
    ({ dialer, verdict, reason }) =>
      `${dialer.component} ${verdict}${reason ? `, because ${reason.text}` : ""}`,
  );
  return `Endpoint ${endpoint.label}: ${verdicts.join("; ")}.`;
}
