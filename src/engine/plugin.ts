import { kinds } from "../model/kinds.ts";
import { facts } from "../rule/facts.ts";
import { isSeverity } from "../rule/finding.ts";
import type { Rule } from "../rule/rule.ts";

/** A set of rules by somebody else: the default export of a module. */
export interface Plugin {
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** Checks field by field that a value is a plugin; every fault names the field. Ids become `name/rule`. */
export function checkPlugin(
  value: unknown,
  taken: ReadonlySet<string>,
): Plugin | { readonly faults: readonly string[] } {
  if (!isRecord(value)) return { faults: ["the default export must be an object { name, rules }"] };
  const { name, rules } = value;
  if (typeof name !== "string" || !/^[a-z][a-z0-9-]*$/.test(name))
    return { faults: ["name: must be kebab case"] };
  if (!Array.isArray(rules)) return { faults: ["rules: must be a list"] };
  const faults = rules.flatMap((rule: unknown, i) =>
    ruleFaults(rule).map((fault) => `rules[${String(i)}].${fault}`),
  );
  const codes = rules.map((rule: unknown) => (isRecord(rule) ? String(rule["code"]) : ""));
  for (const [i, code] of codes.entries()) {
    if (taken.has(code) || codes.indexOf(code) !== i)
      faults.push(`rules[${String(i)}].code: ${code} is taken`);
  }
  if (faults.length > 0) return { faults };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ruleFaults has just looked at every field
  return {
    name,
    rules: (rules as readonly Rule[]).map((rule) => ({ ...rule, id: `${name}/${rule.id}` })),
  };
}

function ruleFaults(rule: unknown): readonly string[] {
  if (!isRecord(rule)) return ["must be an object made by defineRule"];
  const checks: readonly (readonly [string, boolean, string])[] = [
    [
      "code",
      matches(rule["code"], /^[A-Z]{2,}\d+$/) && !matches(rule["code"], /^KC/),
      "must be letters and digits such as ACME101, not KC",
    ],
    ["id", matches(rule["id"], /^[a-z0-9]+(-[a-z0-9]+)*$/), "must be kebab case"],
    ["summary", matches(rule["summary"], /\S/), "must be a text"],
    [
      "severity",
      typeof rule["severity"] === "string" && isSeverity(rule["severity"]),
      "must be error, warning or info",
    ],
    ["since", matches(rule["since"], /\S/), "must be a text"],
    ["citation", matches(rule["citation"], /\S/), "must say where the behaviour is written"],
    [
      "reads",
      isReads(rule["reads"]),
      `must list kinds (${Object.keys(kinds).slice(0, 3).join(", ")} ...) and facts (${Object.keys(facts).join(", ")})`,
    ],
    ["messages", isMessages(rule["messages"]), "must map names to { says, breaks?, fix? }"],
    ["subjects", typeof rule["subjects"] === "function", "must be a function"],
    ["check", typeof rule["check"] === "function", "must be a generator function"],
  ];
  return checks.filter(([, ok]) => !ok).map(([field, , what]) => `${field}: ${what}`);
}

function isReads(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (read) =>
        typeof read === "string" && (Object.hasOwn(kinds, read) || Object.hasOwn(facts, read)),
    )
  );
}

function isMessages(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.values(value).every(
      (message) => isRecord(message) && typeof message["says"] === "string",
    )
  );
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && pattern.test(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
