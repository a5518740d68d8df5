import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashes, script, style } from "../../src/report/html/style.ts";

describe("the policy of the page", () => {
  it.each([
    ["style", style, hashes.style],
    ["script", script, hashes.script],
  ])("allows exactly its own %s", (_name, text, hash) => {
    expect(hash).toBe(`sha256-${createHash("sha256").update(text).digest("base64")}`);
  });
});
