import { describe, expect, it } from "vitest";
import type { Inventory } from "../../src/model/inventory.ts";
import { record, text, type JsonObject } from "../../src/model/json.ts";
import { everyKind } from "../../src/model/kinds.ts";
import type { KubeObject } from "../../src/model/object.ts";
import { planOf, type Plan, type PlanRequest } from "../../src/time/rotation/plan.ts";
import type { PlanStep } from "../../src/time/rotation/steps.ts";
import { verify } from "../../src/time/rotation/verify.ts";
import { inventoryOf as inventoryOfWorld, withObjects, worldOf } from "../../src/time/world.ts";
import { bruteForce } from "../support/brute-force.ts";
import { recorded } from "../support/nine-steps.ts";
import { recording } from "../support/recordings.ts";
import { inventoryOfSmall, smallNow, smallWorlds } from "../support/small-worlds.ts";
import { inventoryOf } from "../support/world.ts";

const day = 86_400_000;

function planned(inventory: Inventory, request: Partial<PlanRequest>): Plan {
  const plan = planOf(inventory, { to: undefined, brings: [], references: undefined, ...request });
  if (!plan.known) throw new Error(plan.why);
  return plan.value;
}

const to = (name: string) => ({ kind: "ClusterIssuer", name });

/** As `kubectl apply` and `rotation verify` read them. */
function stepsOf({ steps }: Plan): readonly PlanStep[] {
  return steps.map(({ name, waits, manifests }) => ({ name, waits, manifests: read(manifests) }));
}

function read(items: readonly JsonObject[]): readonly KubeObject[] {
  const list = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  const inventory = inventoryOf({ "step.json": list });
  return everyKind.flatMap((kind) => inventory.all(kind));
}

function proof(inventory: Inventory, now: number, plan: Plan) {
  return verify(inventory, now, stepsOf(plan), { within: 7 * day });
}

describe("a plan", () => {
  const { inventory, now } = recording("07-1-new-ca-created");
  const plan = planned(inventory, { to: to("knative-ca-2") });

  it("checks, trusts both, switches, waits, trusts the new CA, and cleans up", () => {
    expect(plan.steps.map(({ name, step }) => [name, step])).toEqual([
      ["01-check", "1 to 3"],
      ["02-trust-both", "4"],
      ["03-switch", "5"],
      ["04-trust-new", "6 to 9"],
      ["05-clean-up", "9"],
    ]);
    expect(plan.steps.at(-1)?.commands).toEqual([
      "kubectl delete clusterissuer knative-ca",
      "kubectl delete certificate knative-ca -n cert-manager",
      "kubectl delete secret knative-ca -n cert-manager",
    ]);
  });

  it("pins the sources of the Bundle as copies", () => {
    const [bundle] = plan.steps[1]?.manifests ?? [];
    const sources = record(bundle, "spec")["sources"];
    expect(Array.isArray(sources) ? sources : []).toEqual([
      { inLine: expect.stringContaining("BEGIN CERTIFICATE") },
      { inLine: expect.stringContaining("BEGIN CERTIFICATE") },
    ]);
  });

  it("is safe", () => {
    expect(proof(inventory, now.getTime(), plan).verdict).toBe("safe");
  });

  it("leaves references to other issuers alone, unless it is told otherwise", () => {
    const config = recorded(
      "07-1-new-ca-created",
      "ConfigMap",
      "knative-serving",
      "config-certmanager",
    );
    const data = {
      ...record(config.raw, "data"),
      issuerRef: "kind: ClusterIssuer\nname: letsencrypt\n",
    };
    const [changed] = read([{ ...config.raw, data }]);
    if (!changed) throw new Error("no ConfigMap");
    const other = inventoryOfWorld(withObjects(worldOf(inventory), [changed]));
    const switching = (request: Partial<PlanRequest>) => {
      const step = planned(other, { to: to("knative-ca-2"), ...request }).steps[2];
      return Object.entries(record(step?.manifests[0], "data"))
        .filter(([, value]) => typeof value === "string" && value.includes("name: knative-ca-2"))
        .map(([key]) => key)
        .toSorted();
    };
    expect(switching({})).toEqual(["clusterLocalIssuerRef", "systemInternalIssuerRef"]);
    expect(switching({ references: ["issuerRef"] })).toEqual(["issuerRef"]);
  });
});

describe("a plan that brings the new CA", () => {
  const { inventory, now } = recording("07-0-before");
  const certificate = recorded(
    "07-1-new-ca-created",
    "Certificate",
    "cert-manager",
    "knative-ca-2",
  );
  const issuer = recorded("07-1-new-ca-created", "ClusterIssuer", "", "knative-ca-2");
  const secret = recorded("07-1-new-ca-created", "Secret", "cert-manager", "knative-ca-2");

  it("creates it first, and is safe", () => {
    const plan = planned(inventory, { brings: [certificate, issuer, secret] });
    expect(plan.steps.map(({ name }) => name)[1]).toBe("02-new-ca");
    expect(plan.steps).toHaveLength(6);
    expect(proof(inventory, now.getTime(), plan).verdict).toBe("safe");
  });

  it("goes no further than that where its certificate is yet to be issued, and says so", () => {
    const { steps, notes } = planned(inventory, { brings: [certificate, issuer] });
    expect(steps.map(({ name }) => name)).toEqual(["01-check", "02-new-ca"]);
    expect(notes.join()).toContain("then run rotation plan --to clusterissuer/knative-ca-2");
  });
});

describe("no plan", () => {
  it.each([
    ["knative-ca", "07-1-new-ca-created", "is the issuer in use"],
    ["nobody", "07-1-new-ca-created", "there is no ClusterIssuer nobody"],
    ["knative-ca", "11-selfsigned-everywhere", "names no CA issuer"],
  ])("goes to %s in %s", (name, from, why) => {
    const plan = planOf(recording(from).inventory, {
      to: to(name),
      brings: [],
      references: undefined,
    });
    expect(plan).toMatchObject({ known: false, why: expect.stringContaining(why) });
  });
});

describe("in every small world that stays well if nobody acts", () => {
  const well = smallWorlds.filter(
    (world) => world.leaves.length < 3 && bruteForce(world, []).verdict === "safe",
  );

  it("the plan to the other CA is safe", { timeout: 300_000 }, () => {
    expect(well.length).toBeGreaterThan(100);
    const unsafe = well.filter((world) => {
      const inventory = inventoryOfSmall(world);
      const plan = planned(inventory, { to: to(world.issuer === "a" ? "b" : "a") });
      return proof(inventory, smallNow, plan).verdict !== "safe";
    });
    expect(unsafe).toEqual([]);
  });

  it("a world without a bundle gets one", () => {
    const world = well.find(({ bundle }) => bundle === "");
    if (!world) throw new Error("no world");
    const plan = planned(inventoryOfSmall(world), { to: to(world.issuer === "a" ? "b" : "a") });
    const [made] = plan.steps[1]?.manifests ?? [];
    expect(text(made, "kind")).toBe("ConfigMap");
    expect(record(made, "metadata")["labels"]).toEqual({
      "networking.knative.dev/trust-bundle": "true",
    });
  });
});
