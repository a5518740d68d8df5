import { dirname } from "node:path";
import type { ConfigFile } from "../src/load/config-file.ts";
import { textPlace } from "../src/load/file.ts";
import { readInput, type Input } from "../src/load/input.ts";
import { statOf } from "../src/load/stat.ts";
import { inventoriesOf } from "../src/load/world.ts";
import type { Inventory, ReadingProblem } from "../src/model/inventory.ts";
import { everyKind } from "../src/model/kinds.ts";
import { assumedObjects, environmentOf, loadConfig } from "./analysis.ts";
import type { Io } from "./io.ts";
import type { EnvironmentRequest, InputRequest } from "./request.ts";
import { UserError } from "./user-error.ts";
import { worldsOf } from "./worlds.ts";

/** What files say, without any cluster. */
export interface Offline {
  readonly input: Input;
  readonly inventories: readonly Inventory[];
  /** An input that the user named could not be read. */
  readonly unreadInput: boolean;
}

/** True for a problem because of which something that the user named was not looked at. */
export function loses({ type, named }: ReadingProblem): boolean {
  return named && ["broken", "unreadable", "tool", "refused"].includes(type);
}

/** The configuration that belongs to the files, or the one that the user named. */
export async function offlineConfig(
  { paths, kustomizations }: InputRequest,
  environment: EnvironmentRequest,
  io: Io,
): Promise<ConfigFile | undefined> {
  const [first] = [...paths, ...kustomizations];
  if (first === undefined) {
    throw new UserError("name what to read", "Files, directories, globs, or - for standard input.");
  }
  return loadConfig(environment, startOf(first), io);
}

export async function readOffline(
  request: InputRequest,
  environment: EnvironmentRequest,
  config: ConfigFile | undefined,
  io: Io,
): Promise<Offline> {
  const { paths, kustomizations, called } = request;
  const input = await readInput({ paths, kustomizations, ...(called && { called }) });
  const missing = input.missing.map(({ path, message }) => ({
    type: "unreadable" as const,
    place: textPlace(path, 0),
    message,
    named: true,
  }));
  const worlds = worldsOf(
    config,
    request.complete,
    input.files.map(({ path }) => path),
    io.cwd,
  );
  const inventories = inventoriesOf(input.files, [...missing, ...input.problems], worlds, {
    environment: environmentOf(environment, config),
    assumed: assumedObjects(config),
  });
  const unreadInput = inventories.some(({ problems }) => problems.some(loses));
  return { input, inventories, unreadInput };
}

/** The directory at which a configuration belongs to a path. */
export function startOf(path: string): string {
  if (path === "-") return ".";
  return statOf(path)?.isDirectory() ? path : dirname(path);
}

/** Says on standard error when nothing that was read matters. */
export function notice(input: Input, inventories: readonly Inventory[], io: Io): void {
  const objects = inventories.reduce(
    (sum, world) => sum + everyKind.reduce((all, kind) => all + world.all(kind).length, 0),
    0,
  );
  if (input.documents === 0) io.err("notice: no document was read\n");
  else if (objects === 0)
    io.err(
      `notice: nothing in ${String(input.documents)} documents concerns Knative's certificates\n`,
    );
}
