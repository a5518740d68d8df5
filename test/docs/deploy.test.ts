import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { parseCli } from "../../cmd/cli.ts";
import { ran } from "../support/command-line.ts";

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly rules?: unknown;
}

const manifests = parseAllDocuments(readFileSync("deploy/cronjob.yaml", "utf8")).map(
  (document) => document.toJS() as Manifest,
);
const version = (JSON.parse(readFileSync("package.json", "utf8")) as { version: string }).version;

describe("deploy/cronjob.yaml", () => {
  it("has the rights that rbac prints", async () => {
    const { out } = await ran(["rbac", "--no-config"]);
    const role = manifests.find(
      ({ kind, metadata }) => kind === "ClusterRole" && metadata.name === "knative-certs",
    );
    expect(role).toEqual(parse(out));
  });

  it("runs the image of this version", () => {
    expect(JSON.stringify(manifests)).toContain(`kubectl-knative-certs:${version}`);
  });
});

describe("deploy/k9s-plugins.yaml", () => {
  const { plugins } = parse(readFileSync("deploy/k9s-plugins.yaml", "utf8")) as {
    readonly plugins: Readonly<Record<string, { readonly args: readonly string[] }>>;
  };

  it.each(Object.entries(plugins))("%s is a command line", (_name, { args }) => {
    const [line = ""] = (args[1] ?? "").split(" | ");
    const words = line.replaceAll(/\$[A-Z]+/g, "x").split(" ");
    expect(words.slice(0, 2)).toEqual(["kubectl", "knative-certs"]);
    expect(parseCli(words.slice(2), "kubectl knative-certs")).toHaveProperty("request");
  });
});
