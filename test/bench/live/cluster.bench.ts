import { availableParallelism } from "node:os";
import { afterAll, beforeAll, expect, it } from "vitest";
import { of } from "../../e2e/api.ts";
import { startCluster, type Cluster } from "../../e2e/cluster.ts";
import { until } from "../../e2e/until.ts";
import { median, quantile } from "../measure.ts";
import { markdown } from "../table.ts";
import { fill } from "./fill.ts";
import type { Measured } from "./measured.ts";
import { objects } from "./objects.ts";
import { check, kubectl, load, raw, watch } from "./programs.ts";

const namespaces = Number(process.env["NAMESPACES"] ?? "5000");
const rounds = Number(process.env["ROUNDS"] ?? "3");
const print = (line: string) => process.stdout.write(`${line}\n`);

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster?.stop());

function figure(value: number): string {
  return Number.isNaN(value) ? "" : value.toFixed(0);
}

const runs = new Map<string, Measured[]>();
const note = (name: string, one: Measured) => {
  runs.set(name, [...(runs.get(name) ?? []), one]);
};

it.each([Math.ceil(namespaces / 50), namespaces])(
  "tells of a change among %i namespaces",
  async (size) => {
    const count = await fill(cluster.etcd, objects(size));
    // Until its caches have seen all of it, the API server answers that they have not.
    await until("the API server has all", async () => load(cluster).objects >= count || undefined, {
      seconds: 600,
    });
    const watching = watch(cluster);
    try {
      await watching.next();
      const secret = of("Secret", "team-00000", "serving-certs");
      const other = await cluster.api.wait(of("Secret", "team-00001", "serving-certs"));
      const { data } = await cluster.api.wait(secret);
      const took: number[] = [];
      for (const content of [other.data, data, other.data, data]) {
        const told = watching.next();
        const start = performance.now();
        await cluster.api.patch(secret, { data: content });
        const { report, at } = await told;
        const about = report.findings.filter(({ subject }) => subject.namespace === "team-00000");
        expect(about.length > 0).toBe(content === other.data);
        took.push(at - start);
      }
      const judged = check(cluster).milliseconds;
      print(
        `watch, ${String(size)} namespaces: a changed Secret is in the report after ${median(took).toFixed(0)} ms (aim <= 300), ${(median(took) / judged).toFixed(3)} of a whole check`,
      );
    } finally {
      watching.stop();
    }
  },
);

it("reads a cluster about as fast as its lists can be fetched", () => {
  const { lists } = load(cluster);
  for (let round = 0; round < rounds; round++) {
    note("raw fetch and JSON.parse", raw(cluster, lists));
    note("loading", load(cluster));
    note("kubectl get --raw", kubectl(cluster, lists));
    note("check", check(cluster));
  }
  const base = runs.get("raw fetch and JSON.parse") ?? [];
  const ratios = (all: readonly Measured[]) =>
    all.map(({ milliseconds }, i) => milliseconds / (base[i]?.milliseconds ?? Number.NaN));
  print(
    `\nNode ${process.version}, ${String(availableParallelism())} cores, ${String(namespaces)} namespaces, ${String(base[0]?.objects)} objects in ${String(lists.length)} lists\n`,
  );
  print(
    markdown([
      ["", "wall s", "to the raw fetch (quartiles)", "peak MiB", "requests"],
      ...[...runs].map(([name, all]) => [
        name,
        (median(all.map(({ milliseconds }) => milliseconds)) / 1000).toFixed(1),
        `${median(ratios(all)).toFixed(2)} (${quantile(ratios(all), 0.25).toFixed(2)} to ${quantile(ratios(all), 0.75).toFixed(2)})`,
        figure(median(all.map(({ peak }) => peak))),
        figure(all[0]?.requests ?? Number.NaN),
      ]),
    ]),
  );
  expect(base).toHaveLength(rounds);
});
