import * as fc from "fast-check";
import { expect, it } from "vitest";
import { makeInventory } from "../../src/model/inventory.ts";
import { plainEnvironment } from "../../src/model/environment.ts";
import { makeObject } from "../../src/model/object.ts";

const place = { type: "cluster", context: "", resourceVersion: "" } as const;

it("finds those of one namespace as looking at each does", () => {
  const namespace = fc.constantFrom("a", "a-b", "ab", "b", "");
  const ref = fc.record({ namespace, name: fc.constantFrom("x", "y", "z") });
  fc.assert(
    fc.property(fc.array(ref), namespace, (refs, wanted) => {
      const inventory = makeInventory({
        world: "",
        environment: plainEnvironment,
        objects: refs.map((metadata) =>
          makeObject("Secret", { metadata: { ...metadata } }, place, metadata.namespace),
        ),
        knowledge: () => ({ state: "complete" }),
      });
      const all = inventory.all("Secret");
      expect(inventory.within("Secret", wanted)).toEqual(
        all.filter((one) => one.namespace === wanted),
      );
    }),
  );
});
