import * as fc from "fast-check";
import { isObject, type Json } from "../../src/model/json.ts";

const strange: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1e21,
  "",
  " ",
  "x",
  "true",
  "REDACTED",
  "UkVEQUNURUQ=",
  "*.",
  "..",
  "/",
  "\u0000",
  "kind: [",
  "- a\n- b",
  "a: &a [*a]",
  "{{.Name",
  "{{.Name}}{{end}}",
  "-----BEGIN CERTIFICATE-----",
  "a".repeat(300),
  "99999999999999999999h",
  [],
  [null],
  [[]],
  ["x", 1],
  {},
  { "": null },
  { ["__proto__"]: "x" },
  { a: { b: [] } },
];

type Way = "remove" | "strange" | "move" | "rename" | "repeat" | "cut";

interface Change {
  readonly way: Way;
  readonly at: number;
  readonly with: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  way: fc.constantFrom<Way>("remove", "strange", "strange", "move", "rename", "repeat", "cut"),
  at: fc.nat(),
  with: fc.nat(),
});

/** Documents with a few fields removed, renamed, repeated, cut short, or given values that belong elsewhere. */
export function mutated(documents: readonly Json[]): fc.Arbitrary<readonly Json[]> {
  return fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) => {
    const root = changes.reduce<Json>(applied, [...documents]);
    return Array.isArray(root) ? root : [root];
  });
}

type Path = readonly (string | number)[];

function applied(root: Json, { way, at, with: other }: Change): Json {
  const paths = [...pathsIn(root, [])];
  const path = paths[at % paths.length] ?? [];
  switch (way) {
    case "remove":
      return put(root, path, () => undefined);
    case "strange":
      return put(root, path, () => strange[other % strange.length]);
    case "move":
      return put(root, path, () => dig(root, paths[other % paths.length] ?? []));
    case "rename":
      return put(root, path.slice(0, -1), (parent) => renamed(parent, path.at(-1)));
    case "repeat":
      return put(root, path, (value) => (Array.isArray(value) ? [...value, ...value] : [value]));
    case "cut":
      return put(root, path, (value) =>
        typeof value === "string" ? value.slice(0, other % (value.length + 1)) : value,
      );
  }
}

function* pathsIn(value: Json, path: Path): Iterable<Path> {
  if (path.length > 0) yield path;
  for (const [key, entry] of entriesOf(value)) yield* pathsIn(entry, [...path, key]);
}

function entriesOf(value: Json): Iterable<readonly [string | number, Json]> {
  if (Array.isArray(value)) return value.entries();
  return isObject(value) ? Object.entries(value) : [];
}

function dig(value: Json, [step, ...rest]: Path): Json {
  if (step === undefined) return value;
  const found = [...entriesOf(value)].find(([key]) => key === step);
  return found ? dig(found[1], rest) : null;
}

function put(root: Json, [step, ...rest]: Path, make: (value: Json) => Json | undefined): Json {
  if (step === undefined) return make(root) ?? null;
  const entries = [...entriesOf(root)].flatMap(([key, value]) => {
    if (key !== step) return [[key, value] as const];
    const changed = rest.length === 0 ? make(value) : put(value, rest, make);
    return changed === undefined ? [] : [[key, changed] as const];
  });
  return Array.isArray(root)
    ? entries.map(([, value]) => value)
    : Object.fromEntries(entries.map(([key, value]) => [String(key), value]));
}

function renamed(parent: Json, key: string | number | undefined): Json {
  if (!isObject(parent)) return parent;
  return Object.fromEntries(
    Object.entries(parent).map(([name, value]) => [name === key ? `${name}s` : name, value]),
  );
}
