import { existsSync } from "node:fs";
import { dirname, join, parse, resolve } from "node:path";
import type { Place } from "../model/place.ts";
import { pointer } from "../model/pointer.ts";
import type { ConfigContent } from "./config-schema.ts";
import { configFileName } from "./paths.ts";
import { readText } from "./text.ts";
import { positionAt } from "./yaml/position.ts";
import { readDocument } from "./yaml/read.ts";

export interface ConfigFile {
  readonly path: string;
  readonly text: string;
  readonly content: ConfigContent;
  /** True where the user named it; only then may it load plugins. */
  readonly named: boolean;
}

/** What keeps a configuration from being used, "file:line:column: what". */
export interface ConfigFault {
  readonly faults: readonly string[];
}

/** The nearest configuration file at or above `start`. */
export function discoverConfig(start: string): string | undefined {
  const root = parse(resolve(start)).root;
  for (let directory = resolve(start); ; directory = dirname(directory)) {
    const path = join(directory, configFileName);
    if (existsSync(path)) return path;
    if (directory === root) return undefined;
  }
}

/** Reads and checks a configuration file; every fault is told with its place. */
export async function readConfig(path: string, named: boolean): Promise<ConfigFile | ConfigFault> {
  const read = readText(path);
  if ("problem" in read) return { faults: [`${path}: ${read.problem}`] };
  const parsed = readDocument(read.text);
  if (!parsed.ok)
    return { faults: [`${path}:${positionOf(read.text, parsed.offset)}: ${parsed.message}`] };
  const { checkConfig } = await import("./config-schema.ts");
  const checked = checkConfig(parsed.value ?? {});
  if ("content" in checked) return { path, text: read.text, content: checked.content, named };
  const faults = checked.issues.map(async ({ steps, message }) => {
    const { rangeOf } = await import("./yaml/range.ts");
    const range = rangeOf(read.text, { pointer: pointer(...steps), part: "value" });
    return `${path}:${positionOf(read.text, range?.start ?? 0)}: ${steps.join(".") || "the file"}: ${message}`;
  });
  return { faults: await Promise.all(faults) };
}

function positionOf(text: string, offset: number): string {
  const { line, column } = positionAt(text, offset);
  return `${String(line)}:${String(column)}`;
}

/** A place in the configuration file, for findings about the file itself. */
export function configPlace(
  config: Pick<ConfigFile, "path">,
  ...steps: readonly (string | number)[]
): Place {
  return {
    provenance: { type: "file", file: config.path, document: 0, base: "" },
    pointer: pointer(...steps),
    part: "value",
  };
}
