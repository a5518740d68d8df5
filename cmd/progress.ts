import { thousands } from "../src/model/thousands.ts";
import type { Kind } from "../src/model/kinds.ts";
import type { Io } from "./io.ts";

/** Reading that takes no longer is not spoken of; milliseconds. */
const patience = 1000;
const between = 200;

/** Says on a terminal's standard error how far reading has come, on one line that goes when it ends. */
export function progressOn(io: Io): {
  readonly read: (cluster: string, kind: Kind, objects: number) => void;
  readonly end: () => void;
} {
  const counts = new Map<string, number>();
  const begun = io.now().getTime();
  let shown = begun;
  return {
    read(cluster, kind, objects) {
      const key = `${cluster} ${kind}`;
      counts.set(key, (counts.get(key) ?? 0) + objects);
      const now = io.now().getTime();
      if (!io.stderrIsTerminal || now - begun < patience || now - shown < between) return;
      shown = now;
      const all = [...counts.values()].reduce((sum, one) => sum + one, 0);
      io.err(
        `\r\u001b[Kreading ${cluster}: ${thousands(all)} objects, ${kind} ${thousands(counts.get(key) ?? 0)}`,
      );
    },
    end() {
      if (shown !== begun) io.err("\r\u001b[K");
    },
  };
}
