import { join } from "node:path";
import { expect, it } from "vitest";
import { ran, type Ran } from "../../support/command-line.ts";
import type { Cluster } from "../cluster.ts";
import { dump } from "../dump.ts";
import { as, check, parsed } from "./asked.ts";

/** What a report says, but for where objects were read and what the cluster is called, which fingerprints hold. */
function withoutPlaces({ out }: Ran): unknown {
  const hidden = new Set(["location", "related", "cluster", "clusters", "fingerprint", "causes"]);
  return JSON.parse(out, (key, value: unknown) => (hidden.has(key) ? undefined : value));
}

/** The cluster itself, a snapshot of it and a dump by kubectl say the same. */
export function comparesWays(given: () => Cluster): void {
  const now = ["--now", new Date(Date.now() + 60_000).toISOString()];
  const offline = (...argv: readonly string[]) => ran([...argv, "--no-config", ...now]);

  it("is byte for byte the same from a snapshot", async () => {
    const cluster = given();
    const file = join(cluster.directory, "s.json.gz");
    expect((await as(cluster, "admin", "snapshot", "-o", file)).code).toBe(0);
    const live = await check(cluster, "admin", ...now);
    expect(parsed(live).findings.length).toBeGreaterThan(0);
    expect((await offline("check", "--from", file, "-o", "json")).out).toBe(live.out);
    for (const command of [["check", "--all"], ["handshakes"], ["forecast"], ["graph"]]) {
      const said = await as(cluster, "admin", ...command, ...now);
      expect(said.out).not.toBe("");
      expect((await offline(...command, "--from", file)).out).toBe(said.out);
    }
  });

  it.each([
    // KC901 looks at files and KC904 at answers of a server; KC116 and KC327 at managedFields, which kubectl leaves out.
    ["a dump by kubectl", [], "KC901,KC904,KC116,KC327"],
    ["a dump with managedFields", ["--show-managed-fields"], "KC901,KC904"],
  ])("is the same of %s, but for where an object was read", async (_name, flags, beside) => {
    const file = await dump(given(), flags);
    const ignored = ["-o", "json", "--ignore", beside];
    const live = await as(given(), "admin", "check", ...ignored, ...now);
    const dumped = await offline("lint", file, "--complete", ...ignored);
    expect(withoutPlaces(dumped)).toEqual(withoutPlaces(live));
    expect(parsed(dumped).clusters[0]?.coverage).toEqual(parsed(live).clusters[0]?.coverage);

    const made = await as(given(), "admin", "handshakes", "-o", "json", ...now);
    const foreseen = await offline("handshakes", file, "--complete", "-o", "json");
    expect(withoutPlaces(foreseen)).toEqual(withoutPlaces(made));
    expect(made.out).toContain('"verdict": "holds"');
  });
}
