import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { globSync } from "tinyglobby";
import { describe, expect, it } from "vitest";

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
