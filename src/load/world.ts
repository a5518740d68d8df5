import type { Environment } from "../model/environment.ts";
import {
  makeInventory,
  type Inventory,
  type Knowledge,
  type ReadingProblem,
} from "../model/inventory.ts";
import type { Kind } from "../model/kinds.ts";
import type { ObjectRef } from "../model/object.ts";
import type { ReadFile } from "./file.ts";

/** One world to analyse: a name, and which of the files that were read belong to it. */
export interface World {
  readonly name: string;
  /** The files are everything there is. */
  readonly complete: boolean;
  readonly includes: (path: string) => boolean;
}

export interface WorldOptions {
  readonly environment: Environment;
  readonly assumed: readonly ObjectRef[];
}

const given: Knowledge = {
  state: "partial",
  why: "none of the given files holds it (--complete says that they hold everything)",
};
const complete: Knowledge = { state: "complete" };

/** Kinds that `--complete` does not speak of: their objects live in clusters only and no dump needs to have them. */
const neverComplete: ReadonlySet<string> = new Set([
  "Pod",
  "Event",
  "Lease",
  "EndpointSlice",
  "ValidatingWebhookConfiguration",
  "MutatingWebhookConfiguration",
]);

/** Puts what was read from files into one inventory per world. */
export function inventoriesOf(
  files: readonly ReadFile[],
  extra: readonly ReadingProblem[],
  worlds: readonly World[],
  options: WorldOptions,
): readonly Inventory[] {
  return worlds.map((world, i) => {
    const mine = files.filter(({ path }) => world.includes(path));
    const knowledge = (kind: Kind) =>
      world.complete && !neverComplete.has(kind) ? complete : given;
    return makeInventory({
      world: world.name,
      environment: options.environment,
      objects: mine.flatMap(({ objects }) => objects),
      knowledge,
      assumed: options.assumed,
      files: mine
        .filter((file) => file.objects.length + file.problems.length > 0)
        .map(({ path }) => path),
      problems: [...(i === 0 ? extra : []), ...mine.flatMap(({ problems }) => problems)],
    });
  });
}
