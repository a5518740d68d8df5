import { defineRule, type Rule } from "../../src/rule/index.ts";
import type { Catalogue } from "../../src/engine/select.ts";

/** A rule for tests of the engine: it finds fault with every Namespace whose label `fault` is its code. */
export function faultFinder(code: string, id: string, follows: readonly string[] = []): Rule {
  return defineRule({
    code,
    id,
    summary: `finds ${id}`,
    severity: "error",
    since: "0.1.0",
    citation: "test",
    reads: ["Namespace"],
    follows,
    messages: { found: { says: "{name} has {id}", breaks: "it breaks", fix: "mend it" } },
    *subjects(view) {
      yield* view.all("Namespace");
    },
    *check(namespace, _view, fault) {
      if (namespace.labels.get(id) !== undefined)
        yield fault("found", undefined, { name: namespace.name, id });
    },
  });
}

export function catalogueOf(...rules: readonly Rule[]): Catalogue {
  return { rules, groups: new Map([["first", "TS1"]]), presets: new Map() };
}
