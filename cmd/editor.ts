import { spawn } from "node:child_process";
import { basename } from "node:path";
import type { Location } from "../src/model/location.ts";

interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/** How editors are told a line, by the name of the program; those of the first group also take a column. */
const styles: readonly (readonly [
  RegExp,
  (file: string, line: string, column: string) => string[],
])[] = [
  [
    /^(code|codium|cursor|windsurf)/,
    (file, line, column) => ["--wait", "-g", `${file}:${line}:${column}`],
  ],
  [/^(subl|zed)/, (file, line, column) => ["--wait", `${file}:${line}:${column}`]],
  [/^(hx|helix|micro)/, (file, line, column) => [`${file}:${line}:${column}`]],
  [/^(idea|pycharm|webstorm|goland)/, (file, line) => ["--wait", "--line", line, file]],
  [
    /^(n?vim?|view|nano|pico|emacs|emacsclient|kak|joe|ed|less|mg)/,
    (file, line) => [`+${line}`, file],
  ],
];

/** What opens the editor of the user at a line: $VISUAL, $EDITOR, or vi. No shell comes near the name of the file. */
export function editorCommand(
  { file, line, column }: Pick<Location, "file" | "line" | "column">,
  env: Readonly<Record<string, string | undefined>>,
): Command {
  const wish = (env["VISUAL"] || env["EDITOR"] || "vi").trim();
  const [program = "vi", ...own] = wish.split(/\s+/);
  const path = file.startsWith("-") ? `./${file}` : file;
  const style = styles.find(([name]) => name.test(basename(program)))?.[1];
  return {
    program,
    args: [...own, ...(style?.(path, String(line), String(column)) ?? [path])],
  };
}

/** Runs it on this terminal; gives what to say when it could not. */
export async function edit(
  location: Location,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Promise<string> {
  const { program, args } = editorCommand(location, env);
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "inherit", cwd });
    child.once("error", ({ message }) => {
      resolve(`${program} cannot be started: ${message}. EDITOR names another one.`);
    });
    child.once("close", (code) => {
      resolve(code === 0 ? "" : `${program} ended with ${String(code)}.`);
    });
  });
}
