import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare } from "../../src/model/inventory.ts";
import { nameOf } from "../../src/model/object.ts";
import { severities } from "../../src/rule/finding.ts";
import type { LocatedFinding, LocatedReport } from "../../src/rule/report.ts";
import { workAhead } from "../../src/tui/ahead.ts";
import { folding, foldingAll, isFolded, unfolded } from "../../src/tui/folding.ts";
import { makeListing, type Listing } from "../../src/tui/listing.ts";
import { groupings, type Grouping } from "../../src/tui/order.ts";
import { facetNames, facetOf } from "../../src/tui/query.ts";
import { driven, givenOf, narrow } from "../support/screen.ts";

const few = (...values: readonly string[]) => fc.constantFrom(...values);
const finding = fc.record({
  code: few("KC101", "KC201"),
  severity: fc.constantFrom(...severities),
  kind: few("Certificate", "Certificat", "Secret"),
  namespace: few("", "a", "a-b", "a.b", "ab", "b"),
  name: few("", "a", "a-b", "b", "cert", "Ü"),
  accepted: fc.constantFrom(undefined, undefined, "suppressed" as const, "baseline" as const),
  follows: fc.option(fc.nat({ max: 20 })),
});

const reports = fc.array(finding, { maxLength: 25 }).map((all): LocatedReport => {
  const findings = all.map(({ kind, namespace, name, follows, ...rest }, i): LocatedFinding => ({
    ...rest,
    id: `about-${rest.code}`,
    world: "",
    subject: { kind, namespace, name },
    messageId: "",
    message: `${kind} ${name} is not well`,
    consequence: "",
    remedy: "",
    place: undefined,
    related: [],
    evidence: [],
    handshakes: [],
    from: undefined,
    causes: follows !== null && follows < i ? [String(follows)] : [],
    fingerprint: String(i),
    location: null,
    excerpt: undefined,
    relatedLocations: [],
  }));
  return { now: "2026-11-24T12:00:00.000Z", worlds: [], findings, crashes: [], rules: [] };
});

const words = few(
  "",
  "cert",
  "certificate",
  "kc1",
  "ns:a",
  "ns:a-",
  "kind:secret",
  "is:open",
  "is:",
);
const filters = fc.array(words, { maxLength: 3 }).map((some) => some.join(" "));

function labelOf({ severity, code, id, subject }: LocatedFinding, grouping: Grouping): string {
  const labels = {
    severity,
    rule: `${code} ${id}`,
    namespace: subject.namespace === "" ? "cluster-wide" : subject.namespace,
    object: nameOf(subject),
  };
  return labels[grouping];
}

/** What the filter lets through, looked at one by one. */
function through({ findings }: LocatedReport, filter: string): readonly LocatedFinding[] {
  const terms = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return findings.filter((one) => {
    if (one.causes.length > 0) return false;
    if (one.accepted !== undefined && !terms.some((term) => term.startsWith("is:"))) return false;
    const { severity, code, id, subject, message } = one;
    const text = [severity, code, id, ...Object.values(subject), message].join(" ").toLowerCase();
    return terms.every((term) => {
      const name = facetNames.find((facet) => term.startsWith(`${facet}:`));
      return name
        ? facetOf(name, one)
            .toLowerCase()
            .includes(term.slice(name.length + 1))
        : text.includes(term);
    });
  });
}

const labels = few("error", "KC201 about-KC201", "a", "cluster-wide", "Secret/a/b", "Certificate/");
const foldings = fc.record({
  all: fc.boolean(),
  except: fc.array(labels).map((all) => new Set(all)),
});

type Wish = Parameters<Listing["rows"]>[0];
const wishes = fc.record<Wish>({
  grouping: fc.constantFrom(...groupings),
  filter: filters,
  folding: fc.oneof(fc.constant(unfolded), foldings),
});

/** Headings and fingerprints, as a list without any precautions would have them. */
function rowsOf(
  report: LocatedReport,
  { grouping, filter, folding: wish }: Wish,
): readonly string[] {
  const shown = through(report, filter).toSorted(
    (a, b) => Number(a.accepted !== undefined) - Number(b.accepted !== undefined),
  );
  const groups = [...new Set(shown.map((one) => labelOf(one, grouping)))].toSorted(
    grouping === "severity" ? (a, b) => order.indexOf(a) - order.indexOf(b) : compare,
  );
  return groups.flatMap((label) => {
    const mine = shown.filter((one) => labelOf(one, grouping) === label);
    const heading = `${label} (${String(mine.length)})`;
    return wish.all === wish.except.has(label)
      ? [heading, ...mine.map(({ fingerprint }) => fingerprint)]
      : [`+ ${heading}`];
  });
}

const order: readonly string[] = severities;

function shownBy(listing: Listing, wish: Wish): readonly string[] {
  const rows = listing.rows(wish);
  return Array.from({ length: rows.count }, (_, i) => {
    const row = rows.at(i);
    if (!row) return "no row";
    if ("group" in row) {
      const { label, count, isFolded: hidden } = row.group;
      return `${hidden ? "+ " : ""}${label} (${String(count)})`;
    }
    const { fingerprint } = row.listed.finding;
    expect(rows.indexOf(fingerprint)).toBe(i);
    return fingerprint;
  });
}

describe("the list of findings", () => {
  it("has the rows that grouping and filtering one by one gives, whatever came before", () => {
    fc.assert(
      fc.property(reports, fc.array(wishes), fc.boolean(), (report, asked, isAhead) => {
        const listing = makeListing(report);
        if (isAhead) Array.from(listing.ahead());
        for (const wish of asked) expect(shownBy(listing, wish)).toEqual(rowsOf(report, wish));
      }),
      { numRuns: 300 },
    );
  });

  it("counts what the filter lets through by each facet", () => {
    fc.assert(
      fc.property(reports, fc.constantFrom(...facetNames), filters, (report, name, filter) => {
        const values = through(report, filter).map((one) => facetOf(name, one).split(" ")[0]);
        const { values: all, counts } = makeListing(report).counts(name, filter);
        expect(
          new Map(all.map((value, i) => [value, counts[i]] as const).filter(([, count]) => count)),
        ).toEqual(
          new Map(values.map((value) => [value, values.filter((one) => one === value).length])),
        );
      }),
    );
  });

  it("finds no row for a finding that is gone or follows from another", () => {
    fc.assert(
      fc.property(reports, (report) => {
        const rows = makeListing(report).rows({
          grouping: "object",
          filter: "",
          folding: unfolded,
        });
        expect(rows.indexOf("gone")).toBe(-1);
        for (const { causes, fingerprint } of report.findings)
          if (causes.length > 0) expect(rows.indexOf(fingerprint)).toBe(-1);
      }),
    );
  });
});

describe("folding", () => {
  it("folds and unfolds one group, and leaves the others as they are", () => {
    const wish = fc.constantFrom(undefined, true, false);
    fc.assert(
      fc.property(foldings, labels, labels, wish, (before, label, other, asked) => {
        const after = folding(before, label, asked);
        expect(isFolded(after, label)).toBe(asked ?? !isFolded(before, label));
        if (other !== label) expect(isFolded(after, other)).toBe(isFolded(before, other));
      }),
    );
  });

  it("folds all where none is folded, and else unfolds all", () => {
    fc.assert(
      fc.property(foldings, labels, (before, label) => {
        expect(isFolded(foldingAll(unfolded), label)).toBe(true);
        if (isFolded(before, label)) expect(foldingAll(before)).toEqual(unfolded);
      }),
    );
  });
});

describe("working ahead", () => {
  const [report] = fc.sample(reports, { numRuns: 1, seed: 1 });
  const given = givenOf(report ?? { now: "", worlds: [], findings: [], crashes: [], rules: [] });

  it("takes a step at a time, and ends", () => {
    const open: (() => void)[] = [];
    workAhead(driven(given, narrow), (work) => open.push(work));
    let steps = 0;
    for (let next = open.pop(); next; next = open.pop()) {
      next();
      steps += 1;
      expect(open.length).toBeLessThan(2);
    }
    expect(steps).toBeGreaterThan(3);
  });

  it("begins anew with other findings, and leaves the old ones", () => {
    const open: (() => void)[] = [];
    const screen = driven(given, narrow);
    const stop = workAhead(screen, (work) => open.push(work));
    screen.press({ name: "down", text: "" });
    expect(open).toHaveLength(1);
    screen.replace({ ...given });
    expect(open).toHaveLength(2);
    open.shift()?.();
    expect(open).toHaveLength(1);
    stop();
    open.shift()?.();
    expect(open).toEqual([]);
  });
});
