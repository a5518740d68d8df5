import { describe, expect, it } from "vitest";
import { rules } from "../rules/index.ts";
import { isRoot } from "../src/rule/finding.ts";
import { analyzed, testNow } from "./support/analyze.ts";
import { readPage } from "./support/rule-pages.ts";
import { inventoryOf } from "./support/world.ts";

/** Roots among errors and warnings, and what follows from them, in an example of a rule's page, judged by all rules. */
function judged(code: string, nth: number) {
  const rule = rules.find((one) => one.code === code);
  const page = rule && readPage(rule);
  const example = page?.examples.filter(({ verdict }) => verdict === "fail")[nth];
  if (!example) throw new Error(`${code} has no example ${String(nth)}`);
  const text = example.text.replace(
    "system-internal-tls: Enabled",
    "system-internal-tls: Enabled\n  ingress-class: kourier.ingress.networking.knative.dev",
  );
  const now = new Date(example.flags.get("now") ?? testNow);
  const complete = example.flags.has("complete");
  const { findings } = analyzed([inventoryOf({ "a.yaml": text }, { complete })], { now });
  const bad = findings.filter(({ severity }) => severity !== "info");
  const codes = (of: typeof bad) => [...new Set(of.map((finding) => finding.code))].toSorted();
  return {
    roots: codes(bad.filter(isRoot)),
    follow: codes(bad.filter((finding) => !isRoot(finding))),
  };
}

describe("one fault is one finding, and what it breaks follows from it", () => {
  it.each<
    readonly [code: string, nth: number, roots: readonly string[], follow: readonly string[]]
  >([
    ["KC209", 1, ["KC209"], []],
    ["KC209", 2, ["KC209"], []],
    ["KC210", 0, ["KC210"], []],
    ["KC211", 0, ["KC211"], []],
    ["KC212", 0, ["KC212"], []],
    ["KC213", 0, ["KC213"], []],
    ["KC303", 0, ["KC303"], ["KC501"]],
    ["KC304", 0, ["KC304"], ["KC501"]],
    ["KC306", 0, ["KC306"], ["KC501"]],
    ["KC307", 0, ["KC307"], ["KC501"]],
    ["KC309", 0, ["KC309"], []],
    ["KC309", 1, ["KC309"], ["KC501"]],
    ["KC311", 0, ["KC311"], ["KC310"]],
    ["KC316", 0, ["KC316"], []],
    ["KC316", 3, ["KC316"], []],
    ["KC316", 4, ["KC316"], []],
    ["KC318", 3, ["KC318"], []],
    ["KC321", 1, ["KC321"], []],
    ["KC323", 2, ["KC323"], ["KC501"]],
    ["KC401", 0, ["KC401"], []],
    ["KC402", 0, ["KC402"], ["KC403"]],
    // Nobody trusts the CA that signs now, and nothing re-issues what the old one signed: two faults. The others are
    // what else a complete cluster would hold, and Secrets written by hand beside their Certificates.
    ["KC502", 0, ["KC101", "KC104", "KC310", "KC502", "KC606"], ["KC314"]],
    ["KC512", 0, ["KC512"], []],
    ["KC604", 0, ["KC310", "KC604"], ["KC601"]],
    ["KC702", 0, ["KC702"], []],
    // These examples are complete, and the issuer of Eventing is not in them.
    ["KC704", 0, ["KC702", "KC704"], []],
    ["KC704", 1, ["KC702", "KC704"], []],
    // The Bundle of the example follows a CA that gets a new key: two faults, each with a remedy of its own.
    ["KC513", 0, ["KC401", "KC513"], []],
  ])("%s, example %i", (code, nth, roots, follow) => {
    expect(judged(code, nth)).toEqual({ roots, follow });
  });
});
