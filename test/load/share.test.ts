import * as fc from "fast-check";
import { expect, it } from "vitest";
import { sharing } from "../../src/load/share.ts";
import type { JsonObject } from "../../src/model/json.ts";

const json = fc.jsonValue({ maxDepth: 4 });
const objects = fc.array(fc.dictionary(fc.constantFrom("a", "b", "metadata", "__proto__"), json), {
  maxLength: 6,
});

it("changes nothing that can be read, and no order of keys", () => {
  fc.assert(
    fc.property(objects, (all) => {
      // Twice the same, and what the parser gives, as keys like __proto__ come from it alone.
      const text = JSON.stringify([...all, ...all]);
      const shared = JSON.parse(text) as JsonObject[];
      const share = sharing();
      for (const object of shared) share("Secret", object);
      expect(JSON.stringify(shared)).toBe(text);
    }),
    { seed: 5, numRuns: 2000 },
  );
});

const make = (name: string): JsonObject => ({
  metadata: { name, labels: { app: "a label that is long" } },
  spec: { usages: ["server auth"], issuerRef: { kind: "ClusterIssuer", name: "knative-ca" } },
  status: {},
});

it("lets an object have the parts that are as in the one of its kind before", () => {
  const [first, second, other] = [make("one"), make("two"), make("two")];
  const share = sharing();
  share("Certificate", first);
  share("KCertificate", other);
  share("Certificate", second);
  expect(second).toEqual(make("two"));
  expect(second["spec"]).toBe(first["spec"]);
  expect(second["status"]).toBe(first["status"]);
  expect(second["metadata"]).not.toBe(first["metadata"]);
  expect(other["spec"]).not.toBe(first["spec"]);
});

it("holds 2,000 objects of the same long text in the room of one", () => {
  const text = JSON.stringify({ data: { "ca.crt": "x".repeat(100_000) } });
  const share = sharing();
  const before = process.memoryUsage().heapUsed;
  const kept = Array.from({ length: 2000 }, (_, i) => {
    const object = JSON.parse(text.replace("x", String(i % 2))) as JsonObject;
    share("ConfigMap", object);
    return object;
  });
  expect(kept).toHaveLength(2000);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1024 * 1024);
});
