import { describe, expect, it } from "vitest";
import { kindsReadBy } from "../../src/engine/closure.ts";
import type { Knowledge } from "../../src/model/inventory.ts";
import { defineRule, type Rule } from "../../src/rule/index.ts";
import { analyzed } from "../support/analyze.ts";
import { inventory, object } from "../support/objects.ts";
import { catalogueOf } from "../support/rules.ts";

const about = {
  code: "TS1",
  id: "test",
  summary: "s",
  severity: "error",
  since: "0.1.0",
  citation: "c",
  messages: { wrong: { says: "wrong" } },
} as const;

const namespace = object("Namespace", "shop");
const forbidden: Knowledge = {
  state: "absent",
  why: "Secret cannot be read: forbidden",
  rbac: "{secrets}",
};

function coverage(rule: Rule, secrets: Knowledge) {
  const world = inventory([namespace], {
    knowledge: (kind) => (kind === "Secret" ? secrets : { state: "complete" }),
  });
  const { findings, worlds } = analyzed([world], { catalogue: catalogueOf(rule) });
  return { findings: findings.length, ...worlds[0]?.coverage };
}

/** Looks at Secrets while it checks; finds a fault or nothing. */
const looking = (faulty: boolean) =>
  defineRule({
    ...about,
    reads: ["Namespace", "Secret"],
    subjects: (view) => view.all("Namespace"),
    *check(_subject, view, fault) {
      if (view.all("Secret").length > 0 || faulty) yield fault("wrong", undefined);
    },
  });

const listing = defineRule({
  ...about,
  reads: ["Secret"],
  subjects: (view) => view.all("Secret"),
  *check() {},
});

describe("a kind that could not be read", () => {
  it("makes what passes without it not evaluated, with the right that is missing", () => {
    expect(coverage(looking(false), forbidden)).toEqual({
      findings: 0,
      evaluated: 0,
      notEvaluated: [
        {
          code: "TS1",
          subject: { kind: "Namespace", namespace: "", name: "shop" },
          why: "Secret cannot be read: forbidden",
          rbac: "{secrets}",
        },
      ],
    });
  });

  it("takes no finding away", () => {
    expect(coverage(looking(true), forbidden)).toMatchObject({
      findings: 1,
      evaluated: 1,
      notEvaluated: [],
    });
  });

  it("that holds the subjects is told of once", () => {
    const gap = { code: "TS1", subject: undefined, why: forbidden.why, rbac: "{secrets}" };
    expect(coverage(listing, forbidden)).toEqual({
      findings: 0,
      evaluated: 0,
      notEvaluated: [gap],
    });
  });

  it("in some namespaces is told of where all of them are wanted", () => {
    const partial: Knowledge = { state: "partial", why: "only in shop", rbac: "{secrets}" };
    expect(coverage(listing, partial)).toMatchObject({
      notEvaluated: [{ why: "only in shop", rbac: "{secrets}" }],
    });
    expect(coverage(looking(false), partial)).toMatchObject({ evaluated: 1, notEvaluated: [] });
  });

  it("is nothing new offline, where files hold what they hold", () => {
    const given: Knowledge = { state: "partial", why: "none of the given files holds it" };
    expect(coverage(listing, given)).toMatchObject({ evaluated: 0, notEvaluated: [] });
  });

  it("reaches rules through the facts that look at it", () => {
    const config = defineRule({
      ...about,
      reads: ["Namespace", "versions"],
      subjects: (view) => view.all("Namespace"),
      *check(_subject, view, fault) {
        if (view.fact("versions").knative.known) yield fault("wrong", undefined);
      },
    });
    const world = inventory([namespace], {
      knowledge: (kind) =>
        kind === "Deployment"
          ? { state: "absent", why: "no", rbac: "{deployments}" }
          : { state: "complete" },
    });
    for (let times = 0; times < 2; times++) {
      const { worlds } = analyzed([world], { catalogue: catalogueOf(config) });
      expect(worlds[0]?.coverage).toMatchObject({
        evaluated: 0,
        notEvaluated: [{ why: "no", rbac: "{deployments}" }],
      });
    }
  });

  it("of which an object is known and unread is no proof that it is missing", () => {
    const world = inventory([], { unread: new Map([["Secret/shop/a", "it was not read"]]) });
    expect(world.lookup("Secret", "shop", "a")).toEqual({
      state: "unknown",
      why: "it was not read",
    });
    expect(world.lookup("Secret", "shop", "b")).toEqual({ state: "missing" });
  });
});

const kindsOf = (...reads: Rule["reads"]) => kindsReadBy([{ reads }]);

describe("the kinds that rules read", () => {
  it("are those they name, and those of facts behind facts", () => {
    expect(kindsOf("Secret", "Bundle")).toEqual(["Bundle", "Secret"]);
    expect(kindsOf("suppressions", "reading")).toEqual([]);
    expect(kindsOf("config")).toEqual(["ConfigMap", "KnativeServing"]);
    expect(kindsOf("demands")).toEqual(
      expect.arrayContaining(["ConfigMap", "KService", "Namespace", "Route"]),
    );
  });
});
