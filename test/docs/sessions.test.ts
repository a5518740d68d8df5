import { readFileSync } from "node:fs";
import { globSync } from "tinyglobby";
import { describe, expect, it } from "vitest";
import { sessions, withFreshOutput } from "../support/sessions.ts";

const pages = ["README.md", ...globSync("docs/*.md").toSorted()]
  .map((path) => ({ path, text: readFileSync(path, "utf8") }))
  .filter(({ text }) => sessions(text).length > 0);

describe("what the documentation shows", () => {
  it("is found", () => {
    expect(pages.length).toBeGreaterThan(1);
  });

  it.each(pages)("$path prints what stands there", async ({ path, text }) => {
    const fresh = await withFreshOutput(text);
    await expect(fresh, "npm run docs writes it anew").toMatchFileSnapshot(`../../${path}`);
  });
});
