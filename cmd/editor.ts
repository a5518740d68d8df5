import { spawnSync } from "node:child_process";
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

/**
 * Runs it on this terminal; gives what to say when it could not. Nothing else runs meanwhile: this program would read
 * some of the keys that are meant for the editor.
 */
export function edit(
  location: Location,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): string {
  const { program, args } = editorCommand(location, env);
  const { error, status } = spawnSync(program, args, { stdio: "inherit", cwd });
  if (error) return `${program} cannot be started: ${error.message}. EDITOR names another one.`;
  return status === 0 ? "" : `${program} ended with ${String(status)}.`;
}
