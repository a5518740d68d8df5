import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "rolldown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
// @ts-expect-error -- it has no types
import { lateSuffixes } from "../../build/late-suffixes.mjs";
import { registeredDomain } from "../../src/rule/registered-domain.ts";

const domains = [
  ["hello.shop.example.com", "example.com"],
  ["*.shop.example.co.uk", "example.co.uk"],
  ["hello.example.com.au", "example.com.au"],
  ["hello.shop.user.github.io", "user.github.io"],
  ["a.b.chiyoda.tokyo.jp", "b.chiyoda.tokyo.jp"],
  ["hello.internal.corp", "internal.corp"],
  ["co.uk", "co.uk"],
  ["localhost", "localhost"],
] as const;

describe("the registered domain", () => {
  it.each(domains)("of %s is %s", (name, domain) => {
    expect(registeredDomain(name)).toBe(domain);
  });
});

describe("the Public Suffix List in the bundle", () => {
  const directory = mkdtempSync(join(tmpdir(), "late-suffixes-"));
  let built: { registeredDomain: typeof registeredDomain };
  const require = createRequire(import.meta.url);
  /** In bytes. */
  const loaded = () =>
    Object.keys(require.cache)
      .filter((path) => path.startsWith(directory))
      .reduce((sum, path) => sum + statSync(path).size, 0);

  beforeAll(async () => {
    await build({
      input: { main: resolve("src/rule/registered-domain.ts") },
      platform: "node",
      logLevel: "silent",
      plugins: [lateSuffixes()],
      output: { dir: directory, format: "cjs", minify: true },
    });
    writeFileSync(join(directory, "package.json"), '{"type":"commonjs"}');
    built = require(join(directory, "main.js"));
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it("is loaded at the first call", () => {
    expect(loaded()).toBeLessThan(5000);
    for (const [name, domain] of domains) expect(built.registeredDomain(name)).toBe(domain);
    expect(loaded()).toBeGreaterThan(100_000);
  });
});
