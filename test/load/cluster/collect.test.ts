import { expect, it } from "vitest";
import { connect } from "../../../src/load/cluster/client.ts";
import { collect } from "../../../src/load/cluster/collect.ts";
import { noConnectionFlags } from "../../../src/load/cluster/flags.ts";
import { targetOf } from "../../../src/load/cluster/target.ts";
import { plainEnvironment } from "../../../src/model/environment.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { nameOf } from "../../../src/model/object.ts";
import { withApi, type FakeOptions } from "../../support/api-server.ts";

const surroundings = { env: {}, home: "/", stdinIsTerminal: false, warn: () => undefined };
const none = { clusters: new Map(), users: new Map(), contexts: new Map(), currentContext: "" };

const objects: readonly JsonObject[] = [
  ...["a", "b", "c", "d", "e", "f"].map((name) => ({
    apiVersion: "v1",
    kind: "Secret",
    type: "Opaque",
    metadata: { name, namespace: "knative-serving" },
  })),
  { apiVersion: "v1", kind: "Secret", type: "Opaque", metadata: { name: "g", namespace: "shop" } },
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } },
  { apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer", metadata: { name: "ca" } },
  {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: "web", namespace: "shop" },
  },
];

/** What is collected where some answers wait. */
function namesWith(waits: (path: string) => number): Promise<readonly string[]> {
  const late = new Set<string>();
  const fault: FakeOptions["fault"] = (_request, response, { pathname }) => {
    const milliseconds = waits(pathname);
    if (milliseconds === 0 || late.has(pathname)) return false;
    late.add(pathname);
    // The client asks once more, and is answered then.
    setTimeout(() => response.socket?.destroy(), milliseconds);
    return true;
  };
  return withApi({ objects, fault }, async ({ server }) => {
    const target = targetOf(none, "", { ...noConnectionFlags, server });
    const client = await connect(target, undefined, surroundings);
    const { objects: had, unread } = await collect(client, {
      wanted: ["Certificate", "ClusterIssuer", "Namespace", "Secret"],
      environment: plainEnvironment,
      namespace: undefined,
      withKeys: false,
      onRead: () => undefined,
    });
    client.close();
    return [...had.map(nameOf), ...unread.keys()];
  });
}

it("gives objects in the same order, whichever answer comes first", async () => {
  const expected = [
    "Certificate/shop/web",
    "ClusterIssuer/ca",
    "Namespace/shop",
    ...["a", "b", "c", "d", "e", "f"].map((name) => `Secret/knative-serving/${name}`),
    "Secret/shop/g",
  ];
  expect(await namesWith(() => 0)).toEqual(expected);
  expect(await namesWith((path) => (/certificates$|secrets\/[ac]$/.test(path) ? 50 : 0))).toEqual(
    expected,
  );
});
