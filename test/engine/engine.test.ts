import { describe, expect, it } from "vitest";
import { analyze } from "../../src/engine/analyze.ts";
import { checkPlugin } from "../../src/engine/plugin.ts";
import { covers, selectRules } from "../../src/engine/select.ts";
import { isRoot } from "../../src/rule/finding.ts";
import { defineRule, type Rule } from "../../src/rule/index.ts";
import { ratioOf } from "../../src/rule/report.ts";
import { analyzed, testNow } from "../support/analyze.ts";
import { inventory, object } from "../support/objects.ts";
import { catalogueOf, faultFinder } from "../support/rules.ts";

const cause = faultFinder("TS101", "cause");
const effect = faultFinder("TS201", "effect", ["TS101"]);
const catalogue = catalogueOf(cause, effect);
const namespace = (name: string, ...faults: string[]) =>
  object("Namespace", name, {
    metadata: { labels: Object.fromEntries(faults.map((fault) => [fault, ""])) },
  });

const plainOptions = {
  now: testNow,
  suppressions: [],
  honourSuppressions: true,
  baseline: new Map<string, undefined>(),
};

describe("analyze", () => {
  it("says what is wrong, of whom, and how to mend it", () => {
    const [finding] = analyzed([inventory([namespace("shop", "cause")])], { catalogue }).findings;
    expect(finding).toMatchObject({
      code: "TS101",
      severity: "error",
      subject: { kind: "Namespace", namespace: "", name: "shop" },
      message: "shop has cause",
      consequence: "it breaks",
      remedy: "mend it",
      causes: [],
    });
    expect(finding?.fingerprint).toMatch(/^[0-9a-f]{32}$/);
  });

  it("marks a finding as a consequence when what it depends on is affected by a rule it follows", () => {
    const { findings } = analyzed(
      [inventory([namespace("shop", "cause", "effect"), namespace("bank", "effect")])],
      { catalogue },
    );
    const roots = findings.filter(isRoot).map(({ code, subject }) => `${code} ${subject.name}`);
    expect(roots).toEqual(["TS101 shop", "TS201 bank"]);
    const root = findings.find(({ code }) => code === "TS101");
    expect(findings.find((one) => !isRoot(one))?.causes).toEqual([root?.fingerprint]);
  });

  it("makes a root as bad as what follows from it, unless that is accepted or the user has set it", () => {
    const mild = catalogueOf({ ...cause, severity: "warning" }, effect);
    const worlds = [inventory([namespace("shop", "cause", "effect"), namespace("bank", "cause")])];
    const severities = (options: Parameters<typeof analyzed>[1]) =>
      analyzed(worlds, { catalogue: mild, ...options })
        .findings.filter(isRoot)
        .map(({ severity, subject }) => `${subject.name} ${severity}`);
    expect(severities({})).toEqual(["shop error", "bank warning"]);
    const { findings } = analyzed(worlds, { catalogue: mild });
    const known = findings.find((finding) => !isRoot(finding))?.fingerprint ?? "";
    expect(severities({ baseline: new Map([[known, undefined]]) })).toEqual([
      "bank warning",
      "shop warning",
    ]);
    const severity = new Map([["TS101", "info" as const]]);
    const selected = selectRules(mild, { select: [], ignore: [], severities: severity });
    expect(
      analyze(worlds, { ...plainOptions, catalogue: mild, selected }).findings.map((finding) => [
        finding.code,
        finding.severity,
      ]),
    ).toEqual([
      ["TS201", "error"],
      ["TS101", "info"],
      ["TS101", "info"],
    ]);
  });

  it("never links findings of different worlds", () => {
    const worlds = [
      inventory([namespace("shop", "cause")], { world: "dev" }),
      inventory([namespace("shop", "effect")], { world: "prod" }),
    ];
    expect(analyzed(worlds, { catalogue }).findings.every(isRoot)).toBe(true);
  });

  it("gives the same report for the same objects in any order", () => {
    const objects = [
      namespace("a", "cause"),
      namespace("b", "effect"),
      namespace("c", "cause", "effect"),
    ];
    const report = analyzed([inventory(objects)], { catalogue });
    expect(analyzed([inventory(objects.toReversed())], { catalogue })).toEqual(report);
  });

  it("turns a rule that throws into a crash and goes on with the others", () => {
    const crashing = {
      ...faultFinder("TS102", "crashing"),
      check: () => {
        throw new Error("boom");
      },
    };
    const report = analyzed([inventory([namespace("shop", "cause")])], {
      catalogue: catalogueOf(crashing, cause),
    });
    expect(report.crashes).toMatchObject([
      { code: "TS102", message: "boom", subject: { name: "shop" } },
    ]);
    expect(report.findings.map(({ code }) => code)).toEqual(["TS101"]);
    expect(report.worlds[0]?.coverage.notEvaluated).toMatchObject([
      { code: "TS102", why: "the rule crashed" },
    ]);
  });

  it("refuses a rule what it does not declare", () => {
    const greedy: Rule = {
      ...faultFinder("TS103", "greedy"),
      *subjects(view) {
        yield* view.all("Secret");
      },
    };
    const report = analyzed([inventory([])], { catalogue: catalogueOf(greedy) });
    expect(report.crashes[0]?.message).toBe("rule TS103 reads Secret without declaring it");
  });

  it("counts what was evaluated and says why the rest was not", () => {
    const asking = defineRule({
      ...faultFinder("TS104", "asking"),
      reads: ["Namespace", "Secret"],
      messages: {},
      *subjects(view) {
        yield* view.all("Namespace");
      },
      check({ name }, view) {
        view.expect("Secret", name, "x");
        return [];
      },
    });
    const partial = inventory(
      [namespace("shop"), object("Secret", "x", {}, "shop"), namespace("bank")],
      {
        knowledge: () => ({ state: "partial", why: "only files" }),
      },
    );
    const coverage = analyzed([partial], { catalogue: catalogueOf(asking) }).worlds[0]?.coverage;
    expect(coverage).toEqual({
      evaluated: 1,
      notEvaluated: [
        {
          code: "TS104",
          subject: { kind: "Namespace", namespace: "", name: "bank" },
          why: "Secret/bank/x: only files",
        },
      ],
    });
    expect(coverage && ratioOf(coverage)).toBe(0.5);
  });

  it("tells findings apart that differ in nothing but their number", () => {
    const twice = defineRule({
      ...faultFinder("TS105", "twice"),
      messages: { found: { says: "again" } },
      *subjects(view) {
        yield* view.all("Namespace");
      },
      *check(_subject, _view, fault) {
        yield fault("found", undefined);
        yield fault("found", undefined);
      },
    });
    const prints = analyzed([inventory([namespace("shop")])], {
      catalogue: catalogueOf(twice),
    }).findings.map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(2);
  });
});

describe("suppressions and baseline", () => {
  const world = inventory([namespace("shop", "cause"), namespace("bank", "cause")]);
  const suppression = {
    rule: "TS101",
    kind: "Namespace",
    namespace: undefined,
    name: "sh*",
    reason: "known",
    until: undefined,
    place: undefined,
    object: undefined,
    world: undefined,
  };

  it("accepts what a suppression covers and nothing else", () => {
    const { findings } = analyzed([world], { catalogue, suppressions: [suppression] });
    expect(findings.map(({ subject, accepted }) => [subject.name, accepted])).toEqual([
      ["bank", undefined],
      ["shop", "suppressed"],
    ]);
  });

  it("lets an expired one cover nothing", () => {
    const { findings } = analyzed([world], {
      catalogue,
      suppressions: [{ ...suppression, until: "2026-01-01T00:00:00Z" }],
    });
    expect(findings.every(({ accepted }) => accepted === undefined)).toBe(true);
  });

  it("honours the annotation on an object, for that object only", () => {
    const annotated = object("Namespace", "shop", {
      metadata: {
        labels: { cause: "" },
        annotations: { "knative-certs.dev/ignore": "TS101 until=2027-01-31 reason=known for long" },
      },
    });
    const { findings } = analyzed([inventory([annotated, namespace("bank", "cause")])], {
      catalogue,
    });
    expect(findings.map(({ subject, accepted }) => [subject.name, accepted])).toEqual([
      ["bank", undefined],
      ["shop", "suppressed"],
    ]);
  });

  it("does not honour it on what a controller made", () => {
    const made = object("Namespace", "shop", {
      metadata: {
        labels: { cause: "" },
        annotations: { "knative-certs.dev/ignore": "TS101" },
        ownerReferences: [{ kind: "Thing", name: "x" }],
      },
    });
    expect(analyzed([inventory([made])], { catalogue }).findings[0]?.accepted).toBeUndefined();
  });

  it("does not accept what has become worse since", () => {
    const mild = catalogueOf({ ...cause, severity: "warning" }, effect);
    const before = [inventory([namespace("shop", "cause")])];
    const [root] = analyzed(before, { catalogue: mild }).findings;
    const baseline = new Map([[root?.fingerprint ?? "", root?.severity]]);
    const after = [inventory([namespace("shop", "cause", "effect")])];
    const accepted = (worlds: typeof before) =>
      analyzed(worlds, { catalogue: mild, baseline }).findings.filter(isRoot);
    expect(accepted(before)).toMatchObject([{ severity: "warning", accepted: "baseline" }]);
    expect(accepted(after)).toMatchObject([{ severity: "error", accepted: undefined }]);
  });

  it("accepts what the baseline lists", () => {
    const [first] = analyzed([world], { catalogue }).findings;
    const { findings } = analyzed([world], {
      catalogue,
      baseline: new Map([[first?.fingerprint ?? "", undefined]]),
    });
    expect(findings.map(({ accepted }) => accepted)).toEqual(["baseline", undefined]);
  });
});

describe("selection", () => {
  it.each([
    ["TS101", ["TS101"]],
    ["cause", ["TS101"]],
    ["ts1", ["TS101"]],
    ["TS", ["TS101", "TS201"]],
    ["first", ["TS101"]],
    ["all", ["TS101", "TS201"]],
  ])("%s", (selector, codes) => {
    const { rules } = selectRules(catalogue, {
      select: [selector],
      ignore: [],
      severities: new Map(),
    });
    expect(rules.map(({ rule }) => rule.code)).toEqual(codes);
  });

  it("names selectors that select nothing", () => {
    expect(
      selectRules(catalogue, { select: ["TS9"], ignore: ["nothing"], severities: new Map() })
        .unknown,
    ).toEqual(["TS9", "nothing"]);
  });

  it("takes the most specific severity, and leaves out what is off", () => {
    const severities = new Map([
      ["TS", "info"],
      ["TS101", "warning"],
      ["effect", "off"],
    ] as const);
    const { rules } = selectRules(catalogue, { select: [], ignore: [], severities });
    expect(rules.map(({ rule, severity }) => [rule.code, severity])).toEqual([
      ["TS101", "warning"],
    ]);
  });

  it("follows presets into presets", () => {
    const presets = new Map([
      ["outer", { name: "outer", summary: "", rules: ["inner"], severities: new Map() }],
      ["inner", { name: "inner", summary: "", rules: ["cause"], severities: new Map() }],
    ]);
    expect(covers({ ...catalogue, presets }, "outer", cause)).toBe(true);
    expect(covers({ ...catalogue, presets }, "outer", effect)).toBe(false);
  });
});

describe("plugins", () => {
  const rule = { ...faultFinder("ACME101", "own-fault") };

  it("puts the plugin's name before the ids of its rules", () => {
    expect(checkPlugin({ name: "acme", rules: [rule] }, new Set())).toMatchObject({
      rules: [{ code: "ACME101", id: "acme/own-fault" }],
    });
  });

  it.each([
    [undefined, "the default export must be an object { name, rules }"],
    [{ name: "Acme", rules: [] }, "name: must be kebab case"],
    [{ name: "acme", rules: {} }, "rules: must be a list"],
    [
      { name: "acme", rules: [{ ...rule, code: "KC101" }] },
      "rules[0].code: must be letters and digits such as ACME101, not KC",
    ],
    [
      { name: "acme", rules: [{ ...rule, severity: "fatal" }] },
      "rules[0].severity: must be error, warning or info",
    ],
    [
      { name: "acme", rules: [{ ...rule, check: undefined }] },
      "rules[0].check: must be a generator function",
    ],
    [{ name: "acme", rules: [rule, rule] }, "rules[1].code: ACME101 is taken"],
  ])("refuses %o", (value, fault) => {
    expect(checkPlugin(value, new Set())).toEqual({ faults: [fault] });
  });
});
