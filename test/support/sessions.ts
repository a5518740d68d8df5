import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { ran } from "./command-line.ts";

/**
 * A fenced block ```console: commands behind "$ ", each with what it prints. Those marked `console live` are run
 * against a real API server, by test/e2e.
 */
type Marked = "console" | "console live";

const blocks = (marked: Marked) => new RegExp(`^\`\`\`${marked}\\n(?<text>[^]*?)^\`\`\`$`, "gm");

/** What a page shows and no test of pages runs, and where it is run instead. */
const runElsewhere: readonly (readonly [command: RegExp, where: string])[] = [
  [/^npm (?:ci|start|test|pack)/, ".ci/run"],
  [/^npm install --global /, "test/ship/release.check.ts"],
  [/^kubectl krew install /, "test/ship/release.check.ts, unpacked as krew does"],
  [/^pre-commit /, "test/ship/pre-commit.check.ts"],
];

export interface Session {
  readonly command: string;
  readonly shown: string;
}

export function sessions(page: string, marked: Marked = "console"): readonly Session[] {
  return [...page.matchAll(blocks(marked))].flatMap(({ groups }) =>
    (groups?.["text"] ?? "")
      .split(/^\$ /m)
      .slice(1)
      .map((one) => {
        const end = one.indexOf("\n");
        return { command: one.slice(0, end), shown: one.slice(end + 1) };
      }),
  );
}

/** Writes the files that a page shows: fenced blocks whose first line is a comment with a name. */
export function writeShownFiles(page: string, directory: string): void {
  const named = /^```(?:yaml|js)\n(?:#|\/\/) (?<name>\S+\.\w+)\n(?<text>[^]*?)^```$/gm;
  for (const { groups } of page.matchAll(named)) {
    const path = join(directory, groups?.["name"] ?? "");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, groups?.["text"] ?? "");
  }
}

/** The page with these outputs in the place of those that it shows. */
export function withOutputs(page: string, marked: Marked, outputs: readonly string[]): string {
  const left = [...outputs];
  return page.replaceAll(blocks(marked), (whole: string) =>
    whole.replaceAll(
      /^\$ (?<command>.*)\n(?:(?!\$ |```).*\n)*/gm,
      (_session, command: string) => `$ ${command}\n${left.shift() ?? ""}`,
    ),
  );
}

function isRunElsewhere(command: string): boolean {
  return runElsewhere.some(([pattern]) => pattern.test(command));
}

/** The page with what each of its commands prints now, run one after the other beside the examples. */
export async function withFreshOutput(page: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "knative-certs-docs-"));
  symlinkSync(resolve("examples"), join(directory, "examples"));
  writeShownFiles(page, directory);
  const before = process.cwd();
  process.chdir(directory);
  try {
    const outputs: string[] = [];
    for (const { command, shown } of sessions(page))
      outputs.push(isRunElsewhere(command) ? shown : await outputOf(command));
    return withOutputs(page, "console", outputs);
  } finally {
    process.chdir(before);
    rmSync(directory, { recursive: true });
  }
}

async function outputOf(command: string): Promise<string> {
  const [line = "", ...unexpected] = command.split(/ [|;&>] ?/);
  if (unexpected.length > 0) throw new Error(`this is more than one command: ${command}`);
  const words = [...line.matchAll(/'(?<quoted>[^']*)'|(?<plain>\S+)/g)].map(
    ({ groups }) => groups?.["quoted"] ?? groups?.["plain"] ?? "",
  );
  if (words[0] === "echo" && words[1] === "$?") return `${String(lastCode)}\n`;
  if (words[0] !== "kubectl" || words[1] !== "knative-certs")
    throw new Error(`no test runs this: ${command}`);
  const { code, out, err } = await ran(words.slice(2), { columns: 88, env: { NO_COLOR: "1" } });
  lastCode = code;
  return `${err}${out}`;
}

let lastCode = 0;
