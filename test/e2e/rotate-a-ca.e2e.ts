import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sessions, withOutputs, writeShownFiles, type Session } from "../support/sessions.ts";
import { startCluster, type Cluster } from "./cluster.ts";
import { makeHealthy } from "./healthy.ts";
import type { Knative } from "./knative.ts";
import { observe } from "./observe.ts";
import { shellIn, type Shell } from "./shell.ts";

const page = readFileSync("docs/rotate-a-ca.md", "utf8");

let cluster: Cluster;
let knative: Knative;
let shell: Shell;
beforeAll(async () => {
  execFileSync("npm", ["run", "--silent", "build"]);
  cluster = await startCluster();
  ({ knative } = await makeHealthy(cluster));
  shell = shellIn(cluster);
  writeShownFiles(page, shell.directory);
});
afterAll(() => cluster?.stop());

/** What differs from run to run: times, spans of time, digests, and where lines end because of them. */
function timeless(text: string): string {
  return text
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replaceAll(/\d{4}-\d\d-\d\d/g, "DATE")
    .replaceAll(/\(in \d+ \w+\)/g, "(in a while)")
    .replaceAll(/\([0-9a-f]{12}\)/g, "(digest)")
    .replaceAll(/\broute-[0-9a-f-]{30,}(?:-local)?/g, "route")
    .replaceAll(/\s+/g, " ");
}

/** How long controllers have to follow a change, in ms. */
const patience = 60_000;

/** What a command says as soon as that is what the page shows, or in the end. */
async function outputOf({ command, shown }: Session): Promise<string> {
  const ours = command.startsWith("kubectl knative-certs ");
  const repeated = ours && !command.includes(" -o ");
  const deadline = Date.now() + (repeated ? patience : 0);
  for (;;) {
    await knative.reconcile();
    const { code, out, err } = shell.run(command);
    if (code !== 0) throw new Error(`${command} ended with ${String(code)}: ${err}${out}`);
    const said = ours ? `${err}${out}` : out;
    if (timeless(said) === timeless(shown)) return shown;
    if (Date.now() > deadline) return said;
    await sleep(500);
  }
}

it(
  "docs/rotate-a-ca.md does what it says, and no real handshake fails on the way",
  { timeout: 900_000 },
  async () => {
    const outputs: string[] = [];
    for (const session of sessions(page, "console live")) {
      outputs.push(await outputOf(session));
      const { activatorToQueueProxy, gatewayTo } = await observe(cluster);
      const decided = [...Object.values(activatorToQueueProxy), ...Object.values(gatewayTo)];
      expect([session.command, [...new Set(decided)]]).toEqual([session.command, ["ok"]]);
    }
    expect(outputs.length).toBeGreaterThan(20);
    await expect(withOutputs(page, "console live", outputs)).toMatchFileSnapshot(
      "../../docs/rotate-a-ca.md",
    );
  },
);
