import { array, assert, constantFrom, nat, property, record, type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { analyze, analyzeAgain, type Analysis } from "../../src/engine/analyze.ts";
import { selectRules } from "../../src/engine/select.ts";
import { makeInventory, type Inventory } from "../../src/model/inventory.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { everyKind } from "../../src/model/kinds.ts";
import { makeObject, nameOf, type KubeObject } from "../../src/model/object.ts";
import { defineRule } from "../../src/rule/index.ts";
import { catalogue } from "../support/analyze.ts";
import { inventory, object } from "../support/objects.ts";
import { recording, recordingNames } from "../support/recordings.ts";
import { catalogueOf } from "../support/rules.ts";

const now = new Date("2026-11-25T00:00:00Z");
const all = (rules = catalogue) => ({
  now,
  catalogue: rules,
  selected: selectRules(rules, { select: [], ignore: [], severities: new Map() }),
  suppressions: [],
  honourSuppressions: true,
  baseline: new Map(),
});

const worlds = recordingNames.map((name) => recording(name).inventory);

function objectsOf(world: Inventory): ReadonlyMap<string, KubeObject> {
  const objects = everyKind.flatMap((kind) => world.all(kind));
  return new Map(objects.map((one) => [nameOf(one), one]));
}

/** One thing that is done to a cluster; the numbers choose what. */
interface Edit {
  readonly what: "become" | "remove" | "exchange" | "rename" | "touch";
  readonly which: number;
  readonly other: number;
}

const edit: Arbitrary<Edit> = record({
  what: constantFrom("become", "become", "remove", "exchange", "rename", "touch"),
  which: nat(),
  other: nat(),
});

type Objects = Map<string, KubeObject>;

/** What other clusters have under one name, as it is there; two that exchange what they hold; one more of its kind. */
function apply(objects: Objects, { what, which, other }: Edit): void {
  const one = pick([...objects.values()], which);
  if (!one) return;
  if (what === "become") {
    const there = pick(worlds, which);
    const found = there && pick([...objectsOf(there).values()], other);
    if (found) objects.set(nameOf(found), found);
  }
  if (what === "remove") objects.delete(nameOf(one));
  if (what === "touch") put(objects, one, { ...one.raw, status: {} });
  const twin = pick(
    [...objects.values()].filter(({ kind }) => kind === one.kind),
    other,
  );
  if (!twin) return;
  if (what === "exchange") {
    const { data = null, spec = null, status = null } = twin.raw;
    put(objects, one, {
      ...one.raw,
      ...(data && { data }),
      ...(spec && { spec }),
      ...(status && { status }),
    });
  }
  if (what === "rename")
    put(objects, { ...one, namespace: one.namespace && twin.namespace }, one.raw);
}

function put(objects: Objects, { kind, namespace, provenance }: KubeObject, raw: JsonObject): void {
  const made = makeObject(kind, raw, provenance, namespace);
  objects.set(nameOf(made), made);
}

function pick<T>(values: readonly T[], which: number): T | undefined {
  return values[which % Math.max(1, values.length)];
}

const knowledge = () => ({ state: "complete" }) as const;

function clusterOf(objects: readonly KubeObject[]): Inventory {
  return { ...inventory(objects), knowledge };
}

describe("an analysis that builds on the one before", () => {
  it("says the same as one that does not, whatever happens in a cluster", () => {
    assert(
      property(
        nat(),
        array(array(edit, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 8 }),
        (first, steps) => {
          const start = pick(worlds, first);
          if (!start) throw new Error("no recordings");
          const objects = new Map(objectsOf(start));
          const known: Inventory["knowledge"] = (...asked) => start.knowledge(...asked);
          let before: Analysis | undefined;
          for (const edits of [[], ...steps]) {
            for (const one of edits) apply(objects, one);
            const next = makeInventory({
              world: "",
              environment: start.environment,
              objects: objects.values(),
              knowledge: known,
              live: true,
            });
            before = analyzeAgain([next], all(), before);
            expect(before.report).toEqual(analyze([next], all()));
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 240_000);

  const asked: string[] = [];
  const counting = catalogueOf(
    defineRule({
      code: "TT001",
      id: "asked",
      summary: "notes what it is asked about",
      severity: "info",
      since: "0.1.0",
      citation: "none",
      reads: ["Secret", "Certificate"],
      messages: { there: { says: "{name}" } },
      *subjects(view) {
        yield* view.all("Secret");
      },
      *check(secret, view, fault) {
        asked.push(nameOf(secret));
        if (view.find("Certificate", secret.namespace, secret.name))
          yield fault("there", undefined, { name: secret.name });
      },
    }),
  );
  const secrets = ["a", "b", "c"].map((namespace) => object("Secret", "one", {}, namespace));

  it("asks again only what may have changed", () => {
    const first = analyzeAgain([clusterOf(secrets)], all(counting), undefined);
    asked.length = 0;
    const certificate = object("Certificate", "one", {}, "b");
    const second = analyzeAgain([clusterOf([...secrets, certificate])], all(counting), first);
    expect(asked).toEqual(["Secret/b/one"]);
    expect(second.report.findings.map(({ subject }) => nameOf(subject))).toEqual(["Secret/b/one"]);
    asked.length = 0;
    const third = analyzeAgain([clusterOf([...secrets, certificate])], all(counting), second);
    expect(asked).toEqual([]);
    expect(third.report).toEqual(second.report);
  });

  it("asks everything again where other things are known", () => {
    const first = analyzeAgain([clusterOf(secrets)], all(counting), undefined);
    asked.length = 0;
    const unseen = { ...inventory(secrets), knowledge: () => ({ state: "complete" }) as const };
    analyzeAgain([unseen], all(counting), first);
    expect(asked).toHaveLength(3);
  });
});
