import { expect, it } from "vitest";
import { ran } from "../../support/command-line.ts";
import { of } from "../api.ts";
import type { Cluster } from "../cluster.ts";
import { until } from "../until.ts";
import { clock } from "./asked.ts";

const network = of("ConfigMap", "knative-serving", "config-network");
const misspelt = (value: string | null) => ({ data: { "system-internal-tsl": value } });

const asked = (cluster: Cluster, ...more: readonly string[]) =>
  ["check", "--no-config", "--kubeconfig", cluster.kubeconfig(), "--select", "KC107"].concat(
    ["--fail-on", "info", "-n", "knative-serving", "-o", "json"],
    more,
  );
const says = (text: string | undefined) => text?.includes("system-internal-tsl") === true;

/** `--watch` and `--wait` on watches that a real API server serves. */
export function followsChanges(given: () => Cluster): void {
  it("is told of at each change with --watch", async () => {
    const cluster = given();
    const written: string[] = [];
    const end = new AbortController();
    const running = ran(asked(cluster, "--watch"), {
      ended: end.signal,
      heard: (text) => written.push(text),
      now: clock,
    });
    try {
      await until("a first report", async () => written.length > 0 || undefined);
      expect(says(written[0])).toBe(false);
      await cluster.api.patch(network, misspelt("Enabled"));
      await until("a report of the change", async () => says(written.at(-1)) || undefined);
      await cluster.api.patch(network, misspelt(null));
      await until("a report of the repair", async () => !says(written.at(-1)) || undefined);
    } finally {
      end.abort();
      await running;
    }
  });

  it("is waited for with --wait, which tells when there is nothing to find", async () => {
    const cluster = given();
    const config = of("ConfigMap", "knative-serving", "config-features");
    const { data } = await cluster.api.wait(config);
    const running = ran(asked(cluster, "--wait", "60s"), { now: clock });
    await cluster.api.patch(config, { data: { "multi-contaner": null } });
    expect((await running).code).toBe(0);
    expect((await ran(asked(cluster, "--wait", "1s"), { now: clock })).code).toBe(0);
    await cluster.api.patch(config, { data });
    expect((await ran(asked(cluster, "--wait", "1s"), { now: clock })).code).toBe(1);
  });
}
