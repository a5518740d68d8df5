import { compare } from "../model/inventory.ts";
import { nameOf } from "../model/object.ts";
import { severities } from "../rule/finding.ts";
import type { LocatedFinding } from "../rule/report.ts";
import type { Column, Columns } from "./columns.ts";

export const groupings = ["severity", "rule", "namespace", "object"] as const;
export type Grouping = (typeof groupings)[number];

/** Findings in groups, the groups in the order of their labels. */
export interface Order {
  readonly labels: readonly string[];
  /** Indices of findings, group by group. */
  readonly order: Int32Array;
  /** The group of each of them, by their index. */
  readonly groupOf: Int32Array;
}

export function orderBy(
  findings: readonly LocatedFinding[],
  columns: Columns,
  grouping: Grouping,
): Order {
  switch (grouping) {
    case "severity":
      return byColumn(columns.of("severity"), (values) =>
        severities.filter((severity) => values.includes(severity)),
      );
    case "rule":
      return byColumn(columns.of("rule"), sorted);
    case "namespace": {
      const { values, of } = columns.of("ns");
      const labels = values.map((value) => (value === "" ? "cluster-wide" : value));
      return byColumn({ values: labels, of }, sorted);
    }
    case "object":
      return byObject(findings, columns);
  }
}

const sorted = (values: readonly string[]): readonly string[] =>
  [...new Set(values)].toSorted(compare);

function byColumn(
  { values, of }: Column,
  labelsOf: (values: readonly string[]) => readonly string[],
): Order {
  const labels = labelsOf(values);
  const groups = placesOf(values, labels);
  const groupOf = of.map((value) => groups[value] ?? 0);
  return { labels, order: inGroups(groupOf, labels.length).order, groupOf };
}

/** Where each of the values is among the labels. */
function placesOf(values: readonly string[], labels: readonly string[]): Int32Array {
  const places = new Map(labels.map((label, i) => [label, i]));
  return Int32Array.from(values, (value) => places.get(value) ?? 0);
}

interface Grouped {
  readonly order: Int32Array;
  /** Where each group ends in it. */
  readonly ends: Int32Array;
}

/** Indices group by group, within a group as they come. */
function inGroups(groupOf: Int32Array, groups: number): Grouped {
  const ends = new Int32Array(groups);
  for (const group of groupOf) ends[group] = (ends[group] ?? 0) + 1;
  let sum = 0;
  for (const [group, count] of ends.entries()) {
    ends[group] = sum;
    sum += count;
  }
  const order = new Int32Array(groupOf.length);
  for (const [i, group] of groupOf.entries()) {
    const at = ends[group] ?? 0;
    order[at] = i;
    ends[group] = at + 1;
  }
  return { order, ends };
}

/**
 * First by what their labels start with, kind and namespace, of which there are few; then only names of one namespace
 * are compared.
 */
function byObject(findings: readonly LocatedFinding[], columns: Columns): Order {
  const starts = startsOf(findings, columns);
  const { order, ends } = inGroups(starts.of, starts.values.length);
  const names = findings.map(({ subject }) => subject.name);
  const nameAt = (i: number): string => names[i] ?? "";
  const labels: string[] = [];
  const groupOf = new Int32Array(findings.length);
  let from = 0;
  for (const end of ends) {
    const mine = order
      .subarray(from, end)
      .toSorted((a, b) => compare(nameAt(a), nameAt(b)) || a - b);
    order.set(mine, from);
    let last: string | undefined;
    for (const i of mine) {
      const finding = findings[i];
      if (finding && names[i] !== last) labels.push(nameOf(finding.subject));
      last = names[i];
      groupOf[i] = labels.length - 1;
    }
    from = end;
  }
  return { labels, order, groupOf };
}

/** What labels of objects start with, in order; without a namespace that is all of the label. */
function startsOf(findings: readonly LocatedFinding[], columns: Columns): Column {
  const kinds = columns.of("kind");
  const namespaces = columns.of("ns");
  const known = new Map<number | string, number>();
  const values: string[] = [];
  const of = Int32Array.from(findings, ({ subject }, i) => {
    const pair = (kinds.of[i] ?? 0) * namespaces.values.length + (namespaces.of[i] ?? 0);
    const key = subject.namespace === "" ? nameOf(subject) : pair;
    const place = known.get(key) ?? values.length;
    if (place === values.length) {
      known.set(key, place);
      values.push(subject.namespace === "" ? nameOf(subject) : nameOf({ ...subject, name: "" }));
    }
    return place;
  });
  const labels = sorted(values);
  const groups = placesOf(values, labels);
  return { values: labels, of: of.map((value) => groups[value] ?? 0) };
}
