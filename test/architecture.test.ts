import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { globSync } from "tinyglobby";
import { describe, expect, it } from "vitest";

/** What each room may import from, and why. A room may always use itself. */
const doors: Readonly<
  Record<string, { readonly to: readonly string[]; readonly because: string }>
> = {
  cmd: {
    to: [
      "rules",
      "src/load",
      "src/engine",
      "src/report",
      "src/tui",
      "src/show",
      "src/rule",
      "src/trust",
      "src/time",
      "src/model",
    ],
    because: "the command line puts the parts together",
  },
  rules: {
    to: ["src/rule"],
    because: "a rule of ours comes in by the same door as one of a third party",
  },
  "src/load": {
    to: ["src/rule", "src/model"],
    because: "loading makes inventories and knows nothing of what is done with them",
  },
  "src/engine": {
    to: ["src/rule", "src/model"],
    because: "the engine runs rules over any inventory, from wherever it came",
  },
  "src/report": {
    to: ["src/show", "src/rule", "src/time", "src/trust", "src/model"],
    because: "a report is a function of plain data",
  },
  "src/tui": {
    to: ["src/show", "src/rule", "src/time", "src/trust", "src/model"],
    because: "the screen, too, is a function of plain data",
  },
  "src/show": {
    to: ["src/rule", "src/trust", "src/model"],
    because: "what every report and the screen share knows none of them",
  },
  "src/rule": {
    to: ["src/time", "src/trust", "src/pki", "src/model"],
    because: "the rule contract speaks of facts and objects only",
  },
  "src/time": {
    to: ["src/trust", "src/pki", "src/model"],
    because: "what will happen follows from what is there and from what controllers do",
  },
  "src/trust": {
    to: ["src/pki", "src/model"],
    because: "who trusts whom follows from objects, certificates and the time it is asked for",
  },
  "src/pki": {
    to: ["src/model"],
    because: "certificates are what they are, whoever presents or trusts them",
  },
  "src/model": { to: [], because: "the model depends on no other layer" },
};

/** The only rooms that may use a package. */
const homes: Readonly<Record<string, readonly string[]>> = {
  yaml: ["src/load"],
  "js-yaml": ["src/load"],
  yargs: ["cmd"],
  croner: ["src/time"],
  tldts: ["src/rule"],
  "@kubernetes/client-node": ["src/load"],
  "@peculiar/x509": ["src/pki"],
  pkijs: ["src/pki"],
  ink: ["src/tui"],
  react: ["src/tui"],
  "node:fs": ["src/load", "cmd"],
  "node:child_process": ["src/load", "cmd"],
  "node:crypto": ["src/model", "src/engine", "src/load", "src/pki"],
};

interface Import {
  readonly from: string;
  readonly file: string;
  readonly target: string;
}

function roomOf(path: string): string {
  const [top = "", next = ""] = path.split("/");
  return top === "src" ? `src/${next}` : top;
}

const files = globSync(["cmd/**/*.ts", "src/**/*.ts", "src/**/*.tsx", "rules/**/*.ts"]).toSorted();
const imports: readonly Import[] = files.flatMap((file) => {
  const source = readFileSync(file, "utf8");
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)[^'"`;]*?from\s*"([^"]+)"|(?:^|\n)import\s*"([^"]+)"|import\("([^"]+)"\)/g,
  );
  return [...found].map((match) => ({
    from: roomOf(file),
    file,
    target: match[1] ?? match[2] ?? match[3] ?? "",
  }));
});

describe("layers", () => {
  it("sees the imports it judges", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(imports.length).toBeGreaterThan(300);
  });

  it("knows every room", () => {
    expect([...new Set(files.map(roomOf))].toSorted()).toEqual(Object.keys(doors).toSorted());
  });

  it("lets imports point one way only", () => {
    const wrong = imports
      .filter(({ target }) => target.startsWith("."))
      .map((one) => ({ ...one, to: roomOf(normalize(join(dirname(one.file), one.target))) }))
      .filter(
        ({ from, to }) =>
          from !== to && to !== "package.json" && to !== ".." && !doors[from]?.to.includes(to),
      )
      .map(
        ({ file, target, from }) => `${file} imports ${target}, but ${doors[from]?.because ?? "?"}`,
      );
    expect(wrong).toEqual([]);
  });

  it("keeps every package in its home", () => {
    const wrong = imports
      .filter(({ target, from }) => homes[target] !== undefined && !homes[target].includes(from))
      .map(
        ({ file, target }) =>
          `${file} imports ${target}, whose home is ${homes[target]?.join(", ") ?? ""}`,
      );
    expect(wrong).toEqual([]);
  });

  it("keeps process and the clock in cmd", () => {
    const wrong = files.filter(
      (file) =>
        roomOf(file) !== "cmd" &&
        /\bprocess\.|\bDate\.now\(|new Date\(\)/.test(readFileSync(file, "utf8")),
    );
    expect(wrong).toEqual([]);
  });

  it("loads Ink and React only when the screen opens", () => {
    const eager = files.filter(
      (file) =>
        roomOf(file) !== "src/tui" &&
        /^import (?!type ).*src\/tui\//m.test(readFileSync(file, "utf8")),
    );
    expect(eager).toEqual([]);
  });

  it("writes numbers without the tables of every language", () => {
    const wrong = files.filter((file) =>
      /\.toLocale\w*String\(|\bnew Intl\./.test(readFileSync(file, "utf8")),
    );
    expect(wrong, "thousands() of src/model/thousands.ts starts 10 ms faster").toEqual([]);
  });

  it("loads heavy parts only where they are used", () => {
    const heavy = new Set(["yaml", "valibot", "fast-xml-builder", "tinyglobby"]);
    const eager = imports
      .filter(({ target }) => heavy.has(target))
      .map(({ file }) => file)
      .filter(
        (file) =>
          !/src\/load\/(yaml\/(write|reference|range|value-map|reference-scalar)|config-schema|config-suppression|object-text|paths)|src\/report\/junit/.test(
            file,
          ),
      );
    expect(eager).toEqual([]);
  });
});
