import { expect, it } from "vitest";
import { toObject } from "../../../src/load/objects.ts";
import { applyAll } from "../../../src/load/overlay/apply.ts";
import { dig, list, text, type Json, type JsonObject } from "../../../src/model/json.ts";
import type { Cluster } from "../cluster.ts";

const place = { type: "cluster", context: "e2e", resourceVersion: "" } as const;
const name = "overlay";

const written = (containers: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: {
    name,
    namespace: "knative-serving",
    labels: { "app.kubernetes.io/name": "knative-serving" },
  },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers, ...more } },
  },
});

const first = written(
  [
    {
      name: "a",
      image: "a:1",
      env: [
        { name: "X", value: "1" },
        { name: "GONE", value: "1" },
      ],
    },
    { name: "b", image: "b:1" },
  ],
  { volumes: [{ name: "v", emptyDir: {} }] },
);
const second = written([
  { name: "a", image: "a:2", env: [{ name: "X", value: "2" }], ports: [{ containerPort: 80 }] },
]);

/** Of a Deployment what a manifest can say; the server adds defaults, which nobody foretells. */
function essence(object: JsonObject | undefined) {
  const containers = list(object, "spec", "template", "spec", "containers");
  return {
    volumes: list(object, "spec", "template", "spec", "volumes"),
    containers: containers.map((one) => ({
      name: text(one, "name"),
      image: text(one, "image"),
      env: list(one, "env"),
      ports: list(one, "ports").map((port: Json) => dig(port, "containerPort")),
    })),
  };
}

/** `-f` against what kubectl and the API server really make of a manifest. */
export function foretellsApply(given: () => Cluster): void {
  it("is foretold after kubectl apply as kubectl applies", async () => {
    const { kubectl } = given();
    const within = ["-n", "knative-serving"];
    const apply = (object: JsonObject) =>
      kubectl(["apply", "-f", "-"], { input: JSON.stringify(object) });
    const stored = async () =>
      JSON.parse(await kubectl([...within, "get", "deployment", name, "-o", "json"])) as JsonObject;
    await apply(first);
    await kubectl([...within, "set", "env", `deployment/${name}`, "-c", "a", "THEIRS=1"]);
    const live = await stored();
    const foretold = applyAll(
      [toObject("Deployment", live, place)],
      [toObject("Deployment", second, place)],
      "default",
    );
    await apply(second);
    const after = await stored();
    expect(essence(foretold[0]?.raw)).toEqual(essence(after));
    expect(essence(after)).not.toEqual(essence(live));
  });
}
