import { isDeepStrictEqual } from "node:util";
import { ran } from "../support/command-line.ts";
import type { Cluster } from "./cluster.ts";
import { reported, verdictsOf, type Report } from "./report.ts";
import { until } from "./until.ts";

/** A `check --watch` that goes on while the cluster changes. */
export interface Following {
  /** Comes back when its last report says what a check that begins anew says. */
  readonly saysTheSame: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export function following(cluster: Cluster): Following {
  let last = "";
  const end = new AbortController();
  const argv = ["check", "--watch", "--no-config", "-o", "json"];
  const running = ran([...argv, "--kubeconfig", cluster.kubeconfig()], {
    ended: end.signal,
    heard: (text) => (last = text),
    now: () => new Date(),
  });
  return {
    async saysTheSame() {
      await until(
        "what --watch says is what check says",
        async () => {
          if (last === "") return undefined;
          const followed = verdictsOf(JSON.parse(last) as Report);
          return isDeepStrictEqual(followed, verdictsOf(await reported(cluster))) || undefined;
        },
        { seconds: 90 },
      );
    },
    async stop() {
      end.abort();
      await running;
    },
  };
}
