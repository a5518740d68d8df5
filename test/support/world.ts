import { readFile, type Parse } from "../../src/load/file.ts";
import { inventoriesOf } from "../../src/load/world.ts";
import { plainEnvironment, type Environment } from "../../src/model/environment.ts";
import type { Inventory, ReadingProblem } from "../../src/model/inventory.ts";
import type { ObjectRef } from "../../src/model/object.ts";

export interface WorldOptions {
  readonly complete?: boolean;
  readonly environment?: Partial<Environment>;
  readonly assumed?: readonly ObjectRef[];
  readonly parse?: Parse;
  /** What could not be read and belongs to none of the texts. */
  readonly problems?: readonly ReadingProblem[];
}

/** An inventory from texts in memory, by file name, read as if the user had named each file. */
export function inventoryOf(
  files: Readonly<Record<string, string>>,
  options: WorldOptions = {},
): Inventory {
  const read = Object.entries(files).map(([path, text]) =>
    readFile({ path, text, named: true }, options.parse),
  );
  const world = { name: "", complete: options.complete ?? false, includes: () => true };
  const [inventory] = inventoriesOf(read, options.problems ?? [], [world], {
    environment: { ...plainEnvironment, ...options.environment },
    assumed: options.assumed ?? [],
  });
  if (!inventory) throw new Error("one world gives one inventory");
  return inventory;
}
