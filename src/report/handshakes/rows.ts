import { thousands } from "../../model/thousands.ts";
import { compare } from "../../model/inventory.ts";
import { groupBy } from "../../show/group-by.ts";
import { plural } from "../../show/summary.ts";
import { labelOf, type Handshake, type Verdict } from "../../trust/handshake.ts";

/** Handshakes that are alike in all but their namespace, as one row. */
export interface Row {
  readonly verdict: Verdict;
  readonly who: string;
  readonly first: Handshake;
  readonly handshakes: readonly Handshake[];
}

const order: readonly Verdict[] = ["fails", "unknown", "holds"];
/** So many that are alike are shown one by one. */
const shown = 4;

/** What fails first, then what is not known; `all` folds nothing. */
export function rowsOf(handshakes: readonly Handshake[], all: boolean): readonly Row[] {
  const alike = groupBy(handshakes, likeness);
  const rows = [...alike.values()].flatMap((group) =>
    all || group.length <= shown ? group.map((one) => [one]) : [group],
  );
  return rows.flatMap(rowOf).toSorted(byVerdict);
}

function likeness({ dialer, endpoint, verdict, reason }: Handshake): string {
  return [dialer.component, dialer.namespace, endpoint.component, verdict, reason?.code].join("\n");
}

function rowOf(handshakes: readonly Handshake[]): readonly Row[] {
  const [first] = handshakes.toSorted((a, b) => compare(a.until ?? "~", b.until ?? "~"));
  if (!first) return [];
  const count = handshakes.length;
  const who =
    count === 1
      ? labelOf(first)
      : `${first.dialer.component} -> ${first.endpoint.component}, ${placesOf(first, count)}`;
  return [{ verdict: first.verdict, who, first, handshakes }];
}

function placesOf({ dialer }: Handshake, count: number): string {
  return dialer.component === "client" ? plural(count, "certificate") : plural(count, "namespace");
}

function byVerdict(a: Row, b: Row): number {
  return order.indexOf(a.verdict) - order.indexOf(b.verdict) || compare(a.who, b.who);
}

/** "4 handshakes: 3 hold, 1 fails, 0 are not known". */
export function countOf(handshakes: readonly Handshake[]): string {
  const of = (verdict: Verdict) => handshakes.filter((one) => one.verdict === verdict).length;
  const counts = [
    counted(of("holds"), "holds", "hold"),
    counted(of("fails"), "fails", "fail"),
    counted(of("unknown"), "is not known", "are not known"),
  ];
  return `${plural(handshakes.length, "handshake")}: ${counts.join(", ")}`;
}

function counted(count: number, one: string, many: string): string {
  return `${thousands(count)} ${count === 1 ? one : many}`;
}
