import { readSnapshot } from "../src/load/snapshot/read.ts";
import type { Environment } from "../src/model/environment.ts";
import type { ObjectRef } from "../src/model/object.ts";
import type { Io } from "./io.ts";
import type { State } from "./state.ts";
import { UserError } from "./user-error.ts";

/** What a snapshot holds; judged as of the time it was taken, unless --now says otherwise. */
export function snapshotState(
  file: string,
  options: { readonly environment: Environment; readonly assumed: readonly ObjectRef[] },
  io: Io,
): State {
  const snapshot = readSnapshot(file, options);
  if ("problem" in snapshot)
    throw new UserError(`${file} cannot be read: ${snapshot.problem}`, "", 3);
  const { collectedAt, inventories } = snapshot;
  return {
    inventories,
    sources: new Map(),
    documents: inventories.length,
    unreadInput: false,
    takenAt: collectedAt,
    namespace: undefined,
    notice: () => {
      io.err(
        `notice: judged as of ${collectedAt.toISOString()}, when the snapshot was taken; --now sets another time\n`,
      );
    },
  };
}
