import { compare } from "../model/inventory.ts";
import { nameOf } from "../model/object.ts";
import { severities } from "../rule/finding.ts";
import type { LocatedFinding, LocatedReport } from "../rule/report.ts";
import { rootsOf, type Root } from "../show/roots.ts";
import { haystackOf, matcher, narrows, type Entry } from "./query.ts";

export const groupings = ["severity", "rule", "namespace", "object"] as const;
export type Grouping = (typeof groupings)[number];

export interface Listed extends Root, Entry {}

interface Group {
  readonly label: string;
  readonly count: number;
}

/** A row is the heading of a group, or a finding. */
export type Row = { readonly group: Group } | { readonly listed: Listed };

interface Rows {
  readonly count: number;
  /** How many findings the filter lets through, those in folded groups too. */
  readonly findings: number;
  at(index: number): Row | undefined;
  /** The first row at or after `index`, in steps of `by`, that is a finding. */
  next(index: number, by: 1 | -1): number;
  indexOf(fingerprint: string): number;
}

interface Wish {
  readonly grouping: Grouping;
  readonly filter: string;
  /** Labels of groups of which only the heading shows. */
  readonly folded: ReadonlySet<string>;
}

/** The findings of a report as the screen lists them: grouped, filtered and folded, in time proportional to what changes. */
export interface Listing {
  readonly all: readonly Listed[];
  readonly byFingerprint: ReadonlyMap<string, LocatedFinding>;
  readonly roots: ReadonlyMap<string, Listed>;
  groups(grouping: Grouping): readonly string[];
  rows(wish: Wish): Rows;
}

export function makeListing(report: LocatedReport): Listing {
  const all = listedOf(report);
  const filtered = filterOf(all);
  const orders = new Map<Grouping, Order>();
  const orderOf = (grouping: Grouping): Order => {
    const known = orders.get(grouping);
    if (known) return known;
    const order = orderBy(all, grouping);
    orders.set(grouping, order);
    return order;
  };
  let last: { readonly wish: Wish; readonly rows: Rows } | undefined;
  return {
    all,
    byFingerprint: new Map(report.findings.map((one) => [one.fingerprint, one])),
    roots: new Map(all.map((one) => [one.finding.fingerprint, one])),
    groups: (grouping) => orderOf(grouping).labels,
    rows(wish) {
      if (last && same(last.wish, wish)) return last.rows;
      const rows = rowsOf(all, orderOf(wish.grouping), filtered(wish.filter), wish.folded);
      last = { wish, rows };
      return rows;
    },
  };
}

function same(a: Wish, b: Wish): boolean {
  return a.grouping === b.grouping && a.filter === b.filter && a.folded === b.folded;
}

function listedOf(report: LocatedReport): readonly Listed[] {
  const accepted = report.findings
    .filter((one) => one.causes.length === 0 && one.accepted !== undefined)
    .map((finding) => ({ finding, consequences: [] }));
  return [...rootsOf(report), ...accepted].map((root) => ({
    ...root,
    haystack: haystackOf(root.finding),
  }));
}

const kept = 40;

/** Marks by index whether the filter lets a finding through; a longer filter looks only at what a shorter one left. */
function filterOf(all: readonly Listed[]): (filter: string) => Uint8Array {
  const results = new Map<string, Uint8Array>();
  return (filter) => {
    const known = results.get(filter);
    if (known) return known;
    const wider = [...results.keys()].findLast((earlier) => narrows(filter, earlier));
    const base = wider === undefined ? undefined : results.get(wider);
    const passes = matcher(filter);
    const result = new Uint8Array(all.length);
    for (const [i, one] of all.entries()) {
      if (base && base[i] === 0) continue;
      result[i] = passes(one) ? 1 : 0;
    }
    if (results.size >= kept) results.delete(results.keys().next().value ?? "");
    results.set(filter, result);
    return result;
  };
}

interface Order {
  readonly labels: readonly string[];
  /** Indices of findings, group by group. */
  readonly order: Int32Array;
  /** The group of each of them, by their index. */
  readonly groupOf: Int32Array;
}

function orderBy(all: readonly Listed[], grouping: Grouping): Order {
  const labelled = all.map(({ finding }) => labelOf(finding, grouping));
  const distinct = [...new Set(labelled)];
  const labels =
    grouping === "severity"
      ? severities.filter((severity) => distinct.includes(severity))
      : distinct.toSorted(compare);
  const place = new Map<string, number>(labels.map((label, i) => [label, i]));
  const groupOf = Int32Array.from(labelled, (label) => place.get(label) ?? 0);
  const starts = new Int32Array(labels.length + 1);
  for (const group of groupOf) starts[group + 1] = (starts[group + 1] ?? 0) + 1;
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const order = new Int32Array(all.length);
  for (const [i, group] of groupOf.entries()) {
    const at = starts[group] ?? 0;
    order[at] = i;
    starts[group] = at + 1;
  }
  return { labels, order, groupOf };
}

function labelOf({ severity, code, id, subject }: LocatedFinding, grouping: Grouping): string {
  switch (grouping) {
    case "severity":
      return severity;
    case "rule":
      return `${code} ${id}`;
    case "namespace":
      return subject.namespace === "" ? "cluster-wide" : subject.namespace;
    case "object":
      return nameOf(subject);
  }
}

/** Headings are kept as negative numbers, findings as their index. */
function rowsOf(
  all: readonly Listed[],
  { labels, order, groupOf }: Order,
  passes: Uint8Array,
  folded: ReadonlySet<string>,
): Rows {
  const codes = new Int32Array(order.length + labels.length);
  const counts = new Int32Array(labels.length);
  const isFolded = labels.map((label) => folded.has(label));
  let length = 0;
  let findings = 0;
  let current = -1;
  for (const index of order) {
    if (passes[index] === 0) continue;
    const group = groupOf[index] ?? 0;
    if (group !== current) {
      codes[length++] = -group - 1;
      current = group;
    }
    findings += 1;
    counts[group] = (counts[group] ?? 0) + 1;
    if (!isFolded[group]) codes[length++] = index;
  }
  const at = (row: number): Row | undefined => {
    const code = row >= 0 && row < length ? codes[row] : undefined;
    if (code === undefined) return undefined;
    if (code < 0) {
      const group = -code - 1;
      return { group: { label: labels[group] ?? "", count: counts[group] ?? 0 } };
    }
    const listed = all[code];
    return listed && { listed };
  };
  return {
    count: length,
    findings,
    at,
    next(index, by) {
      for (let row = index; row >= 0 && row < length; row += by)
        if ((codes[row] ?? -1) >= 0) return row;
      return -1;
    },
    indexOf(fingerprint) {
      for (let row = 0; row < length; row++) {
        const code = codes[row] ?? -1;
        if (code >= 0 && all[code]?.finding.fingerprint === fingerprint) return row;
      }
      return -1;
    },
  };
}
