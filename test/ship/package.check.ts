import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { globSync } from "tinyglobby";
import { afterAll, describe, expect, it } from "vitest";
import { cleanMachine, runOn } from "./machine.ts";

interface Component {
  readonly name: string;
  readonly version: string;
  readonly licenses: readonly {
    readonly license?: { readonly id: string };
    readonly expression?: string;
  }[];
}

const manifest: Record<string, unknown> = JSON.parse(readFileSync("package.json", "utf8"));
const { components }: { readonly components: readonly Component[] } = JSON.parse(
  readFileSync("dist/sbom.cdx.json", "utf8"),
);
const [tarball = ""] = globSync("release/*.tgz");

/** Licences that ask of a program under Apache 2.0 for nothing but their notice, which licenses.txt holds. */
const fitting = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "Unlicense",
]);

interface Audit {
  readonly message?: string;
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>;
}

/** What npm knows of every package of the lockfile; not every registry answers such questions. */
function audit(): Audit {
  const { stdout } = spawnSync("npm", ["audit", "--json"], { encoding: "utf8" });
  return JSON.parse(stdout);
}

describe("the npm package", () => {
  it("is as publint wants it", async () => {
    const { buffer } = new Uint8Array(readFileSync(tarball));
    const { messages } = await publint({ pack: { tarball: buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
  });

  it("needs nothing at run time", () => {
    for (const kind of ["dependencies", "peerDependencies", "optionalDependencies"])
      expect(manifest).not.toHaveProperty(kind);
  });
});

/** What the workflows of docs/lint-in-ci.md run. */
const snippets = [
  ...readFileSync("docs/lint-in-ci.md", "utf8").matchAll(/npx --yes kubectl-knative-certs (.*)$/gm),
].map(([, args = ""]) => args);

describe("the workflows of docs/lint-in-ci.md", () => {
  const home = cleanMachine();
  cpSync("examples/shop", join(home, "shop"), { recursive: true });
  afterAll(() => {
    rmSync(home, { recursive: true });
  });

  it.each(snippets)("npx kubectl-knative-certs %s", (args) => {
    const npx = ["npx", "--yes", `file:${resolve(tarball)}`, ...args.split(" ")];
    const { code, out } = runOn(home, npx);
    expect([code, out]).toEqual([1, expect.stringContaining("KC111")]);
    const [file = ""] = /(?<==)\S+/.exec(args) ?? [];
    expect(readFileSync(join(home, file), "utf8")).toContain("KC111");
  });

  it("are two", () => {
    expect(snippets).toHaveLength(2);
  });
});

describe("what is bundled", () => {
  it("has licences that fit, with their notices", () => {
    const notices = readFileSync("dist/licenses.txt", "utf8");
    expect(components.length).toBeGreaterThan(50);
    for (const { name, version, licenses } of components) {
      expect([name, licenses.map(({ license }) => fitting.has(license?.id ?? ""))]).toEqual([
        name,
        [true],
      ]);
      expect(notices).toContain(`\n${name} ${version} (`);
    }
  });

  const { message, vulnerabilities = {} } = audit();
  if (message !== undefined)
    console.warn(`skipped: no package is looked up for advisories: ${message}`);

  it.skipIf(message !== undefined)("has no known vulnerability", () => {
    const bundled = new Set(components.map(({ name }) => name));
    expect(Object.keys(vulnerabilities).filter((name) => bundled.has(name))).toEqual([]);
  });

  it.skipIf(message !== undefined)("is not built by what has a grave one", () => {
    const grave = Object.entries(vulnerabilities).filter(([, { severity }]) =>
      ["high", "critical"].includes(severity),
    );
    expect(grave).toEqual([]);
  });
});
