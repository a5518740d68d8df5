import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesBetween } from "../../src/model/changes.ts";
import { makeInventory, type InventoryParts, type Knowledge } from "../../src/model/inventory.ts";
import { plainEnvironment } from "../../src/model/environment.ts";
import { nameOf, type KubeObject } from "../../src/model/object.ts";
import { object } from "../support/objects.ts";

const knowledge = (): Knowledge => ({ state: "complete" });

function world(objects: readonly KubeObject[], parts: Partial<InventoryParts> = {}) {
  return makeInventory({
    world: "",
    environment: plainEnvironment,
    objects,
    knowledge,
    live: true,
    ...parts,
  });
}

const kind = fc.constantFrom("Secret", "Certificate", "ClusterIssuer");
const place = fc.record({
  kind,
  namespace: fc.constantFrom("a", "a-b", "ab"),
  name: fc.constantFrom("x", "y", "z"),
});
const distinct = fc
  .uniqueArray(place, { selector: (one) => `${one.kind} ${one.namespace} ${one.name}` })
  .map((places) => {
    const made = places.map((one) => object(one.kind, one.name, {}, one.namespace));
    return [...new Map(made.map((one) => [nameOf(one), one])).values()];
  });

describe("the changes between two inventories", () => {
  it("are the kinds and namespaces of all that came, went or became another", () => {
    fc.assert(
      fc.property(distinct, distinct, fc.func(fc.boolean()), (had, made, stays) => {
        const before = new Map(had.map((one) => [nameOf(one), one]));
        const kept = (one: KubeObject) => before.get(nameOf(one));
        const after = made.map((one) => (stays(nameOf(one)) ? (kept(one) ?? one) : one));
        const names = new Set([...had, ...after].map(nameOf));
        const now = new Map(after.map((one) => [nameOf(one), one]));
        const expected = [...names].flatMap((name) => {
          const [old, one] = [before.get(name), now.get(name)];
          const any = old ?? one;
          return old === one || !any ? [] : [`${any.kind} ${any.namespace}`];
        });
        const changes = changesBetween(world(had), world(after));
        const found = [...(changes ?? [])].flatMap(([name, namespaces]) =>
          [...namespaces].map((namespace) => `${name} ${namespace}`),
        );
        expect(found.toSorted()).toEqual([...new Set(expected)].toSorted());
      }),
    );
  });

  it("are those of objects that were not read, too", () => {
    const before = world([], { unread: new Map([["Secret/a/x", "why"]]) });
    const after = world([], { unread: new Map([["Secret/b/x", "why"]]) });
    expect(changesBetween(before, after)).toEqual(new Map([["Secret", new Set(["a", "b"])]]));
  });

  it.each<[string, Partial<InventoryParts>]>([
    ["what is known", { knowledge: () => ({ state: "complete" }) }],
    ["the world", { world: "another" }],
    ["the environment", { environment: { ...plainEnvironment, clusterDomain: "other.local" } }],
    ["what is assumed", { assumed: [{ kind: "Secret", namespace: "a", name: "x" }] }],
    ["where it is from", { live: false }],
  ])("cannot be told where %s differs", (_what, parts) => {
    expect(changesBetween(world([]), world([], parts))).toBeUndefined();
    expect(changesBetween(world([]), world([]))).toEqual(new Map());
  });

  it("cannot be told where an object is written twice", () => {
    const twice = [object("Secret", "x", {}, "a"), object("Secret", "x", {}, "a")];
    expect(changesBetween(world(twice), world(twice))).toBeUndefined();
  });
});
