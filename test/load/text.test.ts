import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { readText } from "../../src/load/text.ts";

const directory = mkdtempSync(join(tmpdir(), "knative-certs-text-"));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

function written(name: string, content: string | Buffer): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

describe("readText", () => {
  it.each([0, 1, 524_287, 524_288, 524_289, 1_600_000])("reads a file of %d bytes", (size) => {
    const text = "kind: é\n".repeat(Math.ceil(size / 9)).slice(0, size);
    expect(readText(written("sized.yaml", text))).toEqual({ text });
  });

  it("keeps the text of one file while it reads the next", () => {
    const first = readText(written("first.yaml", "first: 1\n"));
    readText(written("second.yaml", "second: 2\n"));
    expect(first).toEqual({ text: "first: 1\n" });
  });

  it("unpacks gzip", () => {
    const path = written("packed.yaml.gz", gzipSync("kind: Secret\n"));
    expect(readText(path)).toEqual({ text: "kind: Secret\n" });
  });

  it.each([
    ["little", Buffer.from("\uFEFFkind: é\n", "utf16le")],
    ["big", Buffer.from("\uFEFFkind: é\n", "utf16le").swap16()],
  ])("reads UTF-16 with a mark of the %s end", (_, bytes) => {
    expect(readText(written("utf16.yaml", bytes))).toEqual({ text: "kind: é\n" });
  });

  it("says why a file cannot be read", () => {
    expect(readText(join(directory, "absent.yaml"))).toEqual({
      problem: expect.stringContaining("no such file"),
    });
    expect(readText(directory)).toEqual({ problem: expect.stringContaining("directory") });
  });
});
