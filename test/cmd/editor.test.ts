import { describe, expect, it } from "vitest";
import { editorCommand } from "../../cmd/editor.ts";

const spot = { file: "deploy/config.yaml", line: 11, column: 24 };

describe("editorCommand", () => {
  it.each([
    [{}, "vi", ["+11", spot.file]],
    [{ EDITOR: "nano" }, "nano", ["+11", spot.file]],
    [{ EDITOR: "vim", VISUAL: "/usr/bin/nvim -R" }, "/usr/bin/nvim", ["-R", "+11", spot.file]],
    [{ EDITOR: "code" }, "code", ["--wait", "-g", "deploy/config.yaml:11:24"]],
    [{ EDITOR: "hx" }, "hx", ["deploy/config.yaml:11:24"]],
    [{ EDITOR: "idea" }, "idea", ["--wait", "--line", "11", spot.file]],
    [{ EDITOR: "some-editor" }, "some-editor", [spot.file]],
  ])("%o", (env, program, args) => {
    expect(editorCommand(spot, env)).toEqual({ program, args });
  });

  it("never lets the name of a file be an option", () => {
    expect(editorCommand({ ...spot, file: "-c!rm.yaml" }, {}).args).toEqual([
      "+11",
      "./-c!rm.yaml",
    ]);
  });
});
