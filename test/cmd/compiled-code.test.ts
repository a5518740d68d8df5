import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "rolldown";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

const directory = mkdtempSync(join(tmpdir(), "knative-certs-compiled-"));
const cache = join(directory, "cache");
const code = () => join(cache, "kubectl-knative-certs", `${process.version}-${process.arch}`);
const kept = () => readdirSync(code()).toSorted();

/** A program of three files: one that keeps the code of the second, and one that imports what the user names. */
const sources = {
  main: `import { keepCompiledCode } from ${JSON.stringify(resolve("cmd/compiled-code.ts"))};
keepCompiledCode(process.env);
void import("./greeting.js");`,
  greeting: `void import("./outside.js").then(async ({ get }) => console.log("hello", await get()));`,
  outside: `export const get = async () => (await import(process.argv[2])).default;`,
};

function run(env: Readonly<Record<string, string>> = {}): string {
  const plugin = join(directory, "plugin.mjs");
  return execFileSync(process.execPath, [join(directory, "dist/main.js"), plugin], {
    encoding: "utf8",
    env: { XDG_CACHE_HOME: cache, ...env },
  });
}

describe("keepCompiledCode", () => {
  beforeAll(async () => {
    for (const [name, source] of Object.entries(sources))
      writeFileSync(join(directory, `${name}.js`), source);
    writeFileSync(join(directory, "package.json"), "{}");
    writeFileSync(join(directory, "plugin.mjs"), `export default "plugin";`);
    await build({
      input: { main: join(directory, "main.js") },
      platform: "node",
      output: { dir: join(directory, "dist"), format: "cjs", chunkFileNames: "[name].js" },
    });
  });
  beforeEach(() => {
    rmSync(cache, { recursive: true, force: true });
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it("keeps code for the next run, which does the same", () => {
    expect(run()).toBe("hello plugin\n");
    expect(kept()).toEqual(["greeting.js.bin"]);
    const before = statSync(join(code(), "greeting.js.bin")).mtimeMs;
    expect(run()).toBe("hello plugin\n");
    expect(statSync(join(code(), "greeting.js.bin")).mtimeMs).toBe(before);
  });

  it("lets nobody else write there", () => {
    run();
    expect(statSync(code()).mode & 0o777).toBe(0o700);
  });

  it("compiles again what is spoilt", () => {
    run();
    writeFileSync(join(code(), "greeting.js.bin"), "spoilt");
    expect(run()).toBe("hello plugin\n");
    expect(statSync(join(code(), "greeting.js.bin")).size).toBeGreaterThan(100);
  });

  it("forgets what is a month old", () => {
    run();
    const old = join(code(), "gone-abc.js.bin");
    writeFileSync(old, "");
    utimesSync(old, new Date("2020-01-01"), new Date("2020-01-01"));
    rmSync(join(code(), "greeting.js.bin"));
    run();
    expect(kept()).not.toContain("gone-abc.js.bin");
  });

  it.each(["CI", "NODE_DISABLE_COMPILE_CACHE"])("keeps nothing where %s is set", (name) => {
    expect(run({ [name]: "1" })).toBe("hello plugin\n");
    expect(() => kept()).toThrow("ENOENT");
  });

  it("does without a directory to write to", () => {
    writeFileSync(cache, "a file");
    expect(run()).toBe("hello plugin\n");
  });
});
