import { compare } from "../model/inventory.ts";
import { nameOf } from "../model/object.ts";
import { severities } from "../rule/finding.ts";
import type { LocatedFinding } from "../rule/report.ts";
import type { Column, Columns } from "./columns.ts";

export const groupings = ["severity", "rule", "namespace", "object"] as const;
export type Grouping = (typeof groupings)[number];

/** Findings in groups, the groups in the order of their labels. */
export interface Order {
  /** How many there are. */
  readonly groups: number;
  readonly labelOf: (group: number) => string;
  /** Of findings, group by group. */
  readonly indices: Int32Array;
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
  return {
    groups: labels.length,
    labelOf: (group) => labels[group] ?? "",
    indices: inGroups(groupOf, labels.length).indices,
    groupOf,
  };
}

/** Where each of the values is among the labels. */
function placesOf(values: readonly string[], labels: readonly string[]): Int32Array {
  const places = new Map(labels.map((label, i) => [label, i]));
  return Int32Array.from(values, (value) => places.get(value) ?? 0);
}

interface Grouped {
  readonly indices: Int32Array;
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
  const indices = new Int32Array(groupOf.length);
  for (const [i, group] of groupOf.entries()) {
    const at = ends[group] ?? 0;
    indices[at] = i;
    ends[group] = at + 1;
  }
  return { indices, ends };
}

/**
 * First by what their labels start with, kind and namespace, of which there are few; then only names of one namespace
 * are compared.
 */
function byObject(findings: readonly LocatedFinding[], columns: Columns): Order {
  const starts = startsOf(findings, columns);
  const { indices, ends } = inGroups(starts.of, starts.values.length);
  const names = findings.map(({ subject }) => subject.name);
  const nameAt = (i: number): string => names[i] ?? "";
  /** Of each group. */
  const firsts: number[] = [];
  const groupOf = new Int32Array(findings.length);
  let from = 0;
  for (const end of ends) {
    const mine = indices
      .subarray(from, end)
      .toSorted((a, b) => compare(nameAt(a), nameAt(b)) || a - b);
    indices.set(mine, from);
    let last: string | undefined;
    for (const i of mine) {
      if (names[i] !== last) firsts.push(i);
      last = names[i];
      groupOf[i] = firsts.length - 1;
    }
    from = end;
  }
  const labelOf = (group: number): string => {
    const first = findings[firsts[group] ?? -1];
    return first ? nameOf(first.subject) : "";
  };
  return { groups: firsts.length, labelOf, indices, groupOf };
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
