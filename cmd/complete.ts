import type { Options } from "yargs";
import { rules } from "../rules/index.ts";
import { presets } from "../rules/presets.ts";
import { groups } from "../rules/groups.ts";
import { commandTables, type OptionTable } from "./command-tables.ts";
import { kubeconfigNames, namespacesNamed, objectsLike } from "./complete-names.ts";
import { shells } from "./shells.ts";
import { exitCodes } from "./exit-code.ts";
import { offeredKinds } from "./explain-topic.ts";
import type { Io } from "./io.ts";

/** A word that could stand at the cursor, and what it means. */
interface Candidate {
  readonly word: string;
  readonly about?: string | undefined;
}

/** As cobra's ShellCompDirectiveNoSpace and ShellCompDirectiveNoFileComp; 0 leaves files to the shell. */
const noSpace = 2;
const noFiles = 4;
const filesToo = 0;

/**
 * Prints what could stand in the place of the last of `words`, one a line with a tab before its meaning, and a line
 * `:N` that says whether files could: the protocol of cobra, which kubectl speaks with plugins (kubectl
 * pkg/cmd/plugin_completion.go). Whatever goes wrong, it offers nothing and says nothing.
 */
export async function complete(words: readonly string[], io: Io): Promise<number> {
  const typed = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const { candidates, files } = await offers(before, typed, io).catch(() => ({
    candidates: [],
    files: true,
  }));
  const fitting = candidates.filter(({ word }) => word.startsWith(typed));
  for (const { word, about } of fitting)
    io.out(about === undefined ? `${word}\n` : `${word}\t${about}\n`);
  const goesOn = fitting.length > 0 && fitting.every(({ word }) => word.endsWith("/"));
  io.out(`:${String((files ? filesToo : noFiles) + (goesOn ? noSpace : 0))}\n`);
  return exitCodes.clean;
}

interface Offers {
  readonly candidates: readonly Candidate[];
  readonly files: boolean;
}

async function offers(before: readonly string[], typed: string, io: Io): Promise<Offers> {
  const command = before.find((word) => Object.hasOwn(commandTables, word));
  const table = commandTables[command ?? "check"];
  const options: OptionTable = table?.options ?? {};
  const open = optionThatWaits(before, options);
  if (open === "output" && table?.outputs) return only(table.outputs);
  if (open !== undefined) return valuesOf(open, options[open] ?? {}, before, io);
  if (typed.startsWith("-")) return { candidates: flagsOf(options), files: false };
  if (command === undefined)
    return {
      candidates: Object.entries(commandTables).map(([word, { about }]) => ({ word, about })),
      files: false,
    };
  return operandsOf(command, before, typed, io);
}

const readFiles = new Set(["check", "diff", "lint", "handshakes", "graph", "forecast"]);

function only(words: readonly string[]): Offers {
  return { candidates: words.map((word) => ({ word })), files: false };
}

async function operandsOf(
  command: string,
  before: readonly string[],
  typed: string,
  io: Io,
): Promise<Offers> {
  if (command === "explain")
    return typed.includes("/")
      ? only(await objectsLike(typed, before, io))
      : { candidates: [...ruleCandidates(), ...explicableKinds()], files: false };
  if (command === "rotation") return { candidates: rotationActions(before), files: true };
  if (command === "completion") return only(shells);
  return { candidates: [], files: readFiles.has(command) };
}

function flagsOf(options: OptionTable): readonly Candidate[] {
  return Object.entries(options)
    .filter(([, { hidden }]) => hidden !== true)
    .map(([name, { describe }]) => ({ word: `--${name}`, about: describe }));
}

/** The option whose value comes next. */
function optionThatWaits(before: readonly string[], options: OptionTable): string | undefined {
  const last = before.at(-1) ?? "";
  if (!last.startsWith("-") || last.includes("=")) return undefined;
  const name = last.replace(/^--?/, "");
  const found = Object.entries(options).find(
    ([option, { alias }]) => option === name || alias === name,
  );
  return found && found[1].type !== "boolean" ? found[0] : undefined;
}

async function valuesOf(
  name: string,
  option: Options,
  before: readonly string[],
  io: Io,
): Promise<Offers> {
  if (option.choices) return only(option.choices.map(String));
  switch (name) {
    case "select":
    case "ignore":
      return { candidates: [...ruleCandidates(), ...families()], files: false };
    case "context":
    case "cluster":
    case "user":
      return only(await kubeconfigNames(`${name}s`, before, io));
    case "namespace":
      return only(await namespacesNamed(before, io));
    default:
      return { candidates: [], files: true };
  }
}

function ruleCandidates(): readonly Candidate[] {
  return rules.flatMap(({ code, id, summary }) => [
    { word: code, about: summary },
    { word: id, about: summary },
  ]);
}

function explicableKinds(): readonly Candidate[] {
  return offeredKinds.map((kind) => ({ word: `${kind}/`, about: "why it is, or is not, issued" }));
}

/** Behind the action stand files. */
function rotationActions(before: readonly string[]): readonly Candidate[] {
  const actions = ["status", "plan", "verify"];
  return before.some((word) => actions.includes(word)) ? [] : actions.map((word) => ({ word }));
}

function families(): readonly Candidate[] {
  return [
    ...[...groups].map(([word, prefix]) => ({ word, about: `every rule ${prefix}` })),
    ...[...presets.values()].map(({ name, summary }) => ({ word: name, about: summary })),
  ];
}
