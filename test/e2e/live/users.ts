import { expect, it } from "vitest";
import { parse } from "yaml";
import type { PolicyRule } from "../../../src/load/cluster/rbac.ts";
import { ran, type Ran } from "../../support/command-line.ts";
import type { Cluster } from "../cluster.ts";
import { until } from "../until.ts";
import { check, codesOf, gapsOf, parsed } from "./asked.ts";

const reader = "reader";
export const users = [reader, "nosecrets", "onenamespace", "nobody"];

/** The ClusterRole that `rbac` prints for every rule. */
async function printedRole(name: string): Promise<string> {
  const { code, out } = await ran(["rbac", "--no-config", "--name", name]);
  expect(code).toBe(0);
  return out;
}

async function printedRules(): Promise<readonly PolicyRule[]> {
  const { rules } = parse(await printedRole(reader)) as { readonly rules: readonly PolicyRule[] };
  return rules;
}

async function role(cluster: Cluster, name: string, rules: readonly PolicyRule[]): Promise<void> {
  const apiVersion = "rbac.authorization.k8s.io/v1";
  await cluster.apply(
    JSON.stringify({ apiVersion, kind: "ClusterRole", metadata: { name }, rules }),
  );
}

/** Gives the role to the user of that name, everywhere or in one namespace. */
async function bind(cluster: Cluster, name: string, namespace?: string): Promise<void> {
  await cluster.apply(
    JSON.stringify({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: namespace === undefined ? "ClusterRoleBinding" : "RoleBinding",
      metadata: { name, ...(namespace !== undefined && { namespace }) },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name }],
    }),
  );
}

/** The resources that KC904 says must be allowed. */
function rightsAskedFor(outcome: Ran): ReadonlySet<string> {
  const evidence = parsed(outcome).findings.flatMap((finding) =>
    finding.code === "KC904" ? finding.evidence : [],
  );
  return new Set(evidence.map((line) => /resources: \[(.*?)\]/.exec(line)?.[1] ?? line));
}

/** What users see who may not see everything. */
export function asksAsUsers(given: () => Cluster): void {
  it("with the printed ClusterRole sees everything", async () => {
    const cluster = given();
    await cluster.kubectl(["apply", "-f", "-"], { input: await printedRole(reader) });
    await bind(cluster, reader);
    const whole = await check(cluster, "admin");
    const seen = await until("the role works", async () => {
      const now = await check(cluster, reader);
      return gapsOf(now).length === gapsOf(whole).length ? now : undefined;
    });
    const { findings, clusters } = parsed(whole);
    expect(parsed(seen)).toMatchObject({ findings, clusters });
  });

  it("who lacks any one rule of it is told which checks that costs", async () => {
    const cluster = given();
    const all = await printedRules();
    expect(all.length).toBeGreaterThan(5);
    for (const missing of all) {
      await role(
        cluster,
        reader,
        all.filter((rule) => rule !== missing),
      );
      const outcome = await until(`${missing.resources.join()} refused`, async () => {
        const now = await check(cluster, reader, "--min-coverage", "1");
        const told = rightsAskedFor(now);
        const whole = missing.resources.every((resource) => told.has(resource));
        return whole && told.size === missing.resources.length ? now : undefined;
      });
      expect(outcome.code).toBe(3);
      expect(gapsOf(outcome).map(({ code }) => code)).toContain("KC904");
    }
  });

  it("without a right to Secrets gets all that needs none", async () => {
    const cluster = given();
    const wanted = (await printedRules()).filter(({ resources }) => !resources.includes("secrets"));
    await role(cluster, "nosecrets", wanted);
    await bind(cluster, "nosecrets");
    const outcome = await until("the role works", async () => {
      const now = await check(cluster, "nosecrets");
      const rights = gapsOf(now).flatMap(({ rbac }) => rbac ?? []);
      return rights.every((right) => right.includes("[secrets]")) ? now : undefined;
    });
    expect([0, 1]).toContain(outcome.code);
    expect(codesOf(outcome)).toEqual(expect.arrayContaining(["KC107", "KC904"]));
    expect((await check(cluster, "nosecrets", "--min-coverage", "1")).code).toBe(3);
  });

  it("of one namespace gets what can be said of it", async () => {
    const cluster = given();
    await role(cluster, "onenamespace", await printedRules());
    await bind(cluster, "onenamespace", "shop");
    await bind(cluster, "onenamespace", "knative-serving");
    const outcome = await until("the role works", async () => {
      const now = await check(cluster, "onenamespace", "-n", "shop");
      const only = "Secret was read in shop, knative-serving only: forbidden elsewhere";
      return gapsOf(now).some(({ why }) => why === only) ? now : undefined;
    });
    expect([0, 1]).toContain(outcome.code);
    const serving = await check(cluster, "onenamespace", "-n", "knative-serving");
    expect(codesOf(serving)).toContain("KC107");
    const covered = ["-n", "shop", "--min-coverage", "1"];
    expect((await check(cluster, "onenamespace", ...covered)).code).toBe(3);
  });

  it("without any right is told that, and nothing else", async () => {
    const outcome = await check(given(), "nobody");
    expect(outcome.code).toBe(3);
    expect(codesOf(outcome)).toEqual(["KC904"]);
    expect(parsed(outcome).clusters[0]?.coverage.ratio).toBe(0);
    for (const { code, rbac } of gapsOf(outcome))
      if (code !== "KC904") expect(rbac).toMatch(/^\{apiGroups: /);
  });
}
