import { subscribe } from "node:diagnostics_channel";
import { homedir } from "node:os";
import { rules } from "../../../rules/index.ts";
import { kindsReadBy } from "../../../src/engine/closure.ts";
import { noConnectionFlags } from "../../../src/load/cluster/flags.ts";
import { openClusters } from "../../../src/load/cluster/open.ts";
import { plainEnvironment } from "../../../src/model/environment.ts";
import { resourcePath, selectorsOf } from "../../../src/load/cluster/list.ts";
import type { Loaded } from "./measured.ts";

/** Loads what every rule reads, as `check` and `snapshot` do, and no more. */
const [kubeconfig = ""] = process.argv.slice(2);
let requests = 0;
subscribe("http.client.request.start", () => requests++);
const request = { flags: { ...noConnectionFlags, kubeconfig }, contexts: [], allContexts: false };
const options = {
  wanted: kindsReadBy(rules),
  environment: plainEnvironment,
  assumed: [],
  withKeys: false,
  onRead: () => undefined,
};
const surroundings = { env: {}, home: homedir(), stdinIsTerminal: false, warn: () => undefined };
const opened = await openClusters(request, options, surroundings);
const milliseconds = performance.now();
const peak = process.resourceUsage().maxRSS / 1024;
let objects = 0;
const lists: string[] = [];
for (const one of opened) {
  if (one.state === "failed") throw one.error;
  one.client.close();
  objects += one.collected.objects.length;
  for (const { watchable } of one.collected.kinds.values())
    for (const { resource, query } of watchable)
      lists.push(
        `${resourcePath(resource, query.namespace)}?${new URLSearchParams({ limit: "500", ...selectorsOf(query) }).toString()}`,
      );
}
const measured: Loaded = { milliseconds, peak, objects, requests, lists };
process.stdout.write(JSON.stringify(measured));
