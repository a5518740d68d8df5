import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { everyKind, kinds } from "../../src/model/kinds.ts";
import type { Cluster } from "./cluster.ts";

/** Everything that the program can read, as `kubectl get -o json` prints it, in a file; gives its path. */
export async function dump(cluster: Cluster, flags: readonly string[] = []): Promise<string> {
  const defined = new Set(
    (await cluster.api.list("CustomResourceDefinition")).map(({ metadata }) => metadata.name),
  );
  const asked = everyKind
    .map((kind) => kinds[kind])
    .filter(({ group, plural }) => isBuiltIn(group) || defined.has(`${plural}.${group}`))
    .map(({ group, plural }) => (group === "" ? plural : `${plural}.${group}`));
  const file = join(cluster.directory, "dump.json");
  writeFileSync(
    file,
    await cluster.kubectl(["get", asked.join(","), "-A", "-o", "json", ...flags]),
    {
      mode: 0o600,
    },
  );
  return file;
}

function isBuiltIn(group: string): boolean {
  return !group.includes(".") || group.endsWith(".k8s.io");
}
