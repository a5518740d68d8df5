import { homedir } from "node:os";
import type { OpenedCluster, OpenOptions } from "../src/load/cluster/open.ts";
import type { Surroundings } from "../src/load/cluster/surroundings.ts";
import type { Io } from "./io.ts";
import { progressOn } from "./progress.ts";
import type { ClusterRequest } from "./request.ts";
import { UserError } from "./user-error.ts";

/** Opens the clusters that the user means. Those that do not answer are told of; where none does, that is the end. */
export async function openAll(
  request: ClusterRequest,
  options: Omit<OpenOptions, "onRead">,
  io: Io,
): Promise<readonly OpenedCluster[]> {
  const { openClusters } = await import("../src/load/cluster/open.ts");
  const { ClusterError } = await import("../src/load/cluster/cluster-error.ts");
  const progress = progressOn(io);
  try {
    const opened = await openClusters(
      request,
      { ...options, onRead: progress.read },
      surroundingsOf(io),
    );
    progress.end();
    for (const one of opened)
      if (one.state === "failed") tell(one.name, one.error.message, opened.length, io);
    const [first] = opened;
    if (first?.state === "failed" && opened.every(({ state }) => state === "failed"))
      throw opened.length === 1
        ? first.error
        : new ClusterError("unreachable", "no cluster could be asked");
    return opened;
  } catch (error) {
    progress.end();
    if (!(error instanceof ClusterError)) throw error;
    throw new UserError(error.message, error.next, error.type === "configuration" ? 2 : 3);
  }
}

function tell(name: string, message: string, clusters: number, io: Io): void {
  if (clusters > 1) io.err(`error: ${name}: ${message}\n`);
}

function surroundingsOf(io: Io): Surroundings {
  return {
    env: io.env,
    home: io.env["HOME"] ?? homedir(),
    stdinIsTerminal: io.stdinIsTerminal ?? false,
    warn: (text) => {
      io.err(`warning: ${text}\n`);
    },
  };
}
