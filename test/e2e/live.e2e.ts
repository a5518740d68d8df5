import { afterAll, beforeAll, describe } from "vitest";
import { startCluster, type Cluster } from "./cluster.ts";
import { makeHealthy } from "./healthy.ts";
import { comparesWays } from "./live/alike.ts";
import { followsChanges } from "./live/following.ts";
import { foretellsApply } from "./live/foretold.ts";
import { looksForKeys } from "./live/keys.ts";
import { triesLines } from "./live/line.ts";
import { serveEveryKind } from "./live/unserved.ts";
import { asksAsUsers, users } from "./live/users.ts";

describe("a live cluster", () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster({ users });
    await makeHealthy(cluster);
    await serveEveryKind(cluster);
    // Something to find: KC107.
    await cluster.apply(`
apiVersion: v1
kind: ConfigMap
metadata: {name: config-features, namespace: knative-serving}
data: {multi-contaner: enabled}
`);
  });
  afterAll(() => cluster?.stop());
  const given = () => cluster;

  describe("and what is said of it", () => {
    comparesWays(given);
  });
  describe("as a user", () => {
    asksAsUsers(given);
  });
  describe("that changes", () => {
    followsChanges(given);
    foretellsApply(given);
  });
  describe("behind a bad line", () => {
    triesLines(given);
  });
  looksForKeys(given);
});
