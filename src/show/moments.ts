import { thousands } from "../model/thousands.ts";
import type { LocatedReport } from "../rule/report.ts";
import { labelOf, type Handshake } from "../trust/handshake.ts";
import type { WorldHandshakes } from "./endpoints.ts";
import { groupBy } from "./group-by.ts";
import { countedOf } from "./roots.ts";

/**
 * Something that has a time. breaks: a handshake stops holding, or a finding takes effect. expires: a certificate does.
 * renews: cert-manager issues a certificate again, rekeys: with another key.
 */
export interface Moment {
  /** RFC 3339. */
  readonly at: string;
  readonly type: "breaks" | "expires" | "renews" | "rekeys";
  readonly world: string;
  readonly text: string;
  /** More about it, a line each. */
  readonly details: readonly string[];
}

const detailsShown = 100;

/** What will happen if no object changes, in the order of time. */
export function momentsOf(
  report: LocatedReport,
  worlds: readonly WorldHandshakes[],
): readonly Moment[] {
  const all = [
    ...findings(report),
    ...worlds.flatMap(({ name, handshakes }) => [
      ...breaks(name, handshakes),
      ...expiries(name, handshakes),
    ]),
  ];
  return all.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function findings(report: LocatedReport): readonly Moment[] {
  return countedOf(report).flatMap(({ from, code, message, handshakes, world }) => {
    if (from === undefined) return [];
    const text = `${code} ${message}`;
    return [{ at: from, type: "breaks" as const, world, text, details: handshakes }];
  });
}

/** Handshakes of one sort that end at the same time are one moment. */
function breaks(world: string, handshakes: readonly Handshake[]): readonly Moment[] {
  const ending = handshakes.filter(({ until }) => until !== null);
  const groups = groupBy(ending, ({ until, dialer, endpoint }) =>
    [until ?? "", dialer.component, endpoint.component].join(" "),
  );
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (!first?.until) return [];
    const { dialer, endpoint, until } = first;
    const text =
      same.length === 1
        ? `${labelOf(first)} holds no longer`
        : `${dialer.component} -> ${endpoint.component} holds no longer, ${thousands(same.length)} times`;
    const details = same.slice(0, detailsShown).map(labelOf);
    return [{ at: until, type: "breaks" as const, world, text, details }];
  });
}

/** The certificates in the chains of the handshakes; those with one subject and one end are one moment. */
function expiries(world: string, handshakes: readonly Handshake[]): readonly Moment[] {
  const links = new Map(
    handshakes.flatMap(({ chain }) => chain.map((link) => [link.sha256, link] as const)),
  );
  const groups = groupBy(links.values(), ({ subject, notAfter }) => `${notAfter} ${subject}`);
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const times = same.length > 1 ? `, ${thousands(same.length)} of them` : "";
    return [
      {
        at: first.notAfter,
        type: "expires" as const,
        world,
        text: `${first.subject} expires${times}`,
        details: same.slice(0, detailsShown).map(({ sha256 }) => `SHA-256 ${sha256}`),
      },
    ];
  });
}
