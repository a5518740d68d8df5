import { describe, expect, it } from "vitest";
import { isFormatName } from "../../src/report/formats.ts";
import { ran, silentlyOff, withFiles } from "../support/command-line.ts";

const formats = ["text", "json", "sarif", "github", "junit"].filter(isFormatName);
const broken = "kind: ConfigMap\nmetadata: {name: [\n";

describe.each(formats)("the exit code with -o %s", (format) => {
  const lint = (...argv: readonly string[]) => ran(["lint", ...argv, "-o", format]);

  it("is 0 where there is no fault", async () => {
    expect(await lint("examples/healthy")).toMatchObject({ code: 0, err: "" });
  });

  it("is 1 where there is one", async () => {
    const { code, out } = await lint("examples/shop");
    expect(code).toBe(1);
    expect(out).toContain("KC201");
  });

  it.each([
    ["error", 0],
    ["warning", 1],
    ["info", 1],
    ["never", 0],
  ])("follows --fail-on %s", async (level, code) => {
    expect(await lint("examples/documentation-page", "--fail-on", level)).toMatchObject({ code });
  });

  it("is 2 for what is no command line, with nothing on standard output", async () => {
    const { code, out, err } = await lint("examples/shop", "--fail-onn", "never");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("fail-on");
  });

  it("is 3 where a named file cannot be read, and the findings of the others are there", async () => {
    await withFiles({ "bad.yaml": broken, "good.yaml": silentlyOff }, async (directory) => {
      const { code, out } = await lint(`${directory}/bad.yaml`, `${directory}/good.yaml`);
      expect(code).toBe(3);
      expect(out).toContain("KC111");
      expect(out).toContain("KC901");
    });
  });

  it("is 3 where a path does not exist", async () => {
    const { code, out } = await lint("examples/shop", "no-such.yaml");
    expect(code).toBe(3);
    expect(out).toContain("KC201");
  });

  it("is 3 where nothing was read, unless that is allowed", async () => {
    await withFiles({ "notes.txt": "nothing" }, async (directory) => {
      const { code, err } = await lint(directory);
      expect(code).toBe(3);
      expect(err).toBe("notice: no document was read\n");
      expect(await lint(directory, "--allow-empty")).toMatchObject({ code: 0 });
    });
  });

  it("is 0 where nothing that was read concerns us, with a notice", async () => {
    const other = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n";
    await withFiles({ "service.yaml": other }, async (directory) => {
      const { code, err } = await lint(directory);
      expect(code).toBe(0);
      expect(err).toBe("notice: nothing in 1 documents concerns Knative's certificates\n");
    });
  });

  it("is 3 where too little was evaluated, whatever was found", async () => {
    expect(await lint("examples/shop", "--min-coverage", "1")).toMatchObject({ code: 3 });
    expect(await lint("examples/shop", "--min-coverage", "0.5")).toMatchObject({ code: 1 });
  });

  it("is 3 where a rule crashed, and the other findings are there", async () => {
    const plugin = `export default { name: "bad", rules: [{
      code: "BAD1", id: "crashes", summary: "s", severity: "error", since: "1.0.0", citation: "c",
      reads: ["ConfigMap"], messages: { m: { says: "s", breaks: "b", fix: "f" } },
      *subjects(view) { yield* view.all("ConfigMap"); },
      *check() { throw new Error("oh no"); },
    }] };`;
    await withFiles({ "bad.mjs": plugin }, async (directory) => {
      const { code, out } = await lint("examples/shop", "--plugin", `${directory}/bad.mjs`);
      expect(code).toBe(3);
      expect(out).toContain("KC201");
      expect(out).toContain("oh no");
    });
  });
});

describe("standard output", () => {
  it.each([
    ["a clean run", ["examples/healthy"]],
    ["faults", ["examples/shop"]],
    ["a missing path", ["no-such.yaml", "examples/shop"]],
    ["nothing of ours", ["LICENSE", "package.json"]],
  ])("is one JSON document with -o json: %s", async (_name, paths) => {
    const { out } = await ran(["lint", ...paths, "-o", "json"]);
    expect(JSON.parse(out)).toMatchObject({ version: 1, kind: "report" });
  });
});
