import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { of } from "./api.ts";
import { startCluster, type Cluster } from "./cluster.ts";
import { isSynced } from "./conditions.ts";
import { bundle, issuedBy, makeCa, makeHealthy } from "./healthy.ts";
import type { Knative } from "./knative.ts";
import { failing, observe } from "./observe.ts";
import { reported, roots, said, type Row } from "./report.ts";
import { until } from "./until.ts";

interface Verification {
  readonly safe: boolean;
  readonly trace?: readonly { readonly by: string; readonly what: string }[];
  readonly failing?: Row;
}

/** Rotates the CA with the files of the program's own plan, while real components keep shaking hands. */
describe("a rotation by the plan", () => {
  let cluster: Cluster;
  let knative: Knative;
  let directory: string;

  beforeEach(async () => {
    cluster = await startCluster();
    ({ knative } = await makeHealthy(cluster));
    await makeCa(cluster.api, "knative-ca-2");
    directory = join(cluster.directory, "plan");
    const to = ["--to", "issuer/knative-ca-2", "-o", directory];
    await said(["rotation", "plan", ...live(), ...to]);
  });
  afterEach(() => cluster?.stop());

  const live = () => ["--kubeconfig", cluster.kubeconfig(), "--no-config"];
  const steps = () => readdirSync(directory).toSorted();
  const stepNamed = (part: string) => {
    const step = steps().find((name) => name.includes(part));
    if (step === undefined) throw new Error(`the plan has no step ${part}: ${steps().join()}`);
    return step;
  };

  async function verified(...taken: readonly string[]): Promise<Verification> {
    const folders = taken.map((step) => join(directory, step));
    return JSON.parse(
      await said(["rotation", "verify", ...live(), ...folders, "-o", "json"]),
    ) as Verification;
  }

  /** Runs the commands of a step's README.md, in the plan's directory, as a user would. */
  async function take(step: string): Promise<void> {
    const readme = readFileSync(join(directory, step, "README.md"), "utf8");
    const commands = /```bash\n([^`]*)```/.exec(readme)?.[1] ?? "";
    for (const command of commands.split("\n").filter((line) => line !== "")) {
      const [program, ...argv] = command.split(" ");
      expect(program).toBe("kubectl");
      await cluster.kubectl(argv, { cwd: directory });
    }
    await cluster.api.wait(bundle, isSynced);
  }

  it("breaks no handshake", async () => {
    expect(await verified(...steps())).toMatchObject({ safe: true });
    const { refused, rounds } = await whileShakingHands(cluster, async () => {
      for (const step of steps()) {
        await take(step);
        await knative.reconcile();
        await knative.issued();
      }
    });
    expect(refused).toEqual([]);
    expect(rounds).toBeGreaterThan(5);
    const { data = {} } = await cluster.api.wait(
      of("ConfigMap", "knative-serving", "config-certmanager"),
    );
    expect(data["systemInternalIssuerRef"]).toContain("knative-ca-2");
    expect(roots(await reported(cluster))).toEqual([]);
  });

  it("in the wrong order breaks the handshake that was foretold, and none before", async () => {
    const order = [stepNamed("trust-new"), stepNamed("switch")];
    const { safe, trace = [], failing: foretold } = await verified(...order);
    expect(safe).toBe(false);
    const seen: string[][] = [];
    for (const { by, what } of trace) {
      if (by === "plan") await take(what);
      const renewed = /Certificate\/([^/]+)\/([^:]+)/.exec(what);
      if (by === "cert-manager" && renewed)
        await issuedBy(
          cluster.api,
          of("Certificate", renewed[1] ?? "", renewed[2] ?? ""),
          "knative-ca-2",
        );
      seen.push([...failing(await observe(cluster))]);
    }
    const { dialer, endpoint } = foretold ?? {
      dialer: { component: "" },
      endpoint: { namespace: "" },
    };
    const first = seen.findIndex((handshakes) => handshakes.length > 0);
    const last = trace.findLastIndex(({ by }) => by !== "component");
    expect(first).toBe(last);
    expect(seen[first]).toContain(`${dialer.component} -> ${endpoint.namespace}`);
  });
});

/** Makes the handshakes again and again while something is done; gives those that were refused, and how often it did so. */
async function whileShakingHands(
  cluster: Cluster,
  act: () => Promise<void>,
): Promise<{ readonly refused: readonly string[]; readonly rounds: number }> {
  const refused: string[] = [];
  const state = { done: false, rounds: 0 };
  const shaking = (async () => {
    while (!state.done) {
      refused.push(...failing(await observe(cluster)));
      state.rounds++;
    }
  })();
  try {
    await act();
    const { rounds } = state;
    const isOver = async () => state.rounds > rounds + 1 || undefined;
    await until("a round after the last step", isOver, { seconds: 120 });
  } finally {
    state.done = true;
    await shaking;
  }
  return { refused, rounds: state.rounds };
}
