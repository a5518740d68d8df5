import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import type { Graph } from "../../src/trust/graph/graph.ts";
import { cluster } from "../bench/handshakes/cluster.ts";
import { ran, withFiles } from "../support/command-line.ts";
import { recordingNames } from "../support/recordings.ts";

const schema: unknown = JSON.parse(readFileSync("docs/schema/graph.v1.schema.json", "utf8"));
const validate = addFormats
  .default(new Ajv2020({ strict: true, allowUnionTypes: true }))
  .compile(schema as object);

function objectsOf(name: string): string {
  return gunzipSync(readFileSync(`test/fixtures/recordings/${name}/objects.json.gz`)).toString();
}

async function drawn(objects: string, ...argv: readonly string[]): Promise<string> {
  return withFiles({ "objects.json": objects }, async (directory) => {
    const now = ["--now", "2026-11-24T00:30:00Z"];
    const { code, out } = await ran(["graph", "--complete", ...now, ...argv, directory]);
    expect(code).toBe(0);
    return out;
  });
}

interface Document {
  readonly clusters: readonly Graph[];
}

async function graphOf(objects: string): Promise<Graph> {
  const { clusters } = JSON.parse(await drawn(objects, "-o", "json")) as Document;
  return clusters[0] ?? { nodes: [], edges: [] };
}

const edgesIn = ({ edges }: Graph) =>
  edges.map(({ from, type, to, verdict }) => [from, type, to, verdict].filter(Boolean).join(" "));

describe("graph", () => {
  it.each(recordingNames)("is what its schema promises: %s", async (name) => {
    const document: unknown = JSON.parse(await drawn(objectsOf(name), "-o", "json"));
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  });

  it("ties every certificate to the CA behind it, and every trust to what it is made from", async () => {
    const edges = edgesIn(await graphOf(objectsOf("01-healthy")));
    expect(edges).toEqual(
      expect.arrayContaining([
        "ClusterIssuer/selfsigned-bootstrap signs Secret/cert-manager/knative-ca",
        "ClusterIssuer/knative-ca reads Secret/cert-manager/knative-ca",
        "ClusterIssuer/knative-ca signs Secret/shop/serving-certs",
        "queue-proxy in shop mounts Secret/shop/serving-certs",
        "activator in knative-serving serves Secret/knative-serving/routing-serving-certs",
        "activator in knative-serving trusts ConfigMap/knative-serving/knative-trust",
        "Bundle/knative-trust writes ConfigMap/knative-serving/knative-trust",
        "activator in knative-serving dials queue-proxy in shop holds",
      ]),
    );
  });

  it("shows what fails", async () => {
    const edges = edgesIn(await graphOf(objectsOf("13b-then-shop")));
    expect(edges).toContain("activator in knative-serving dials queue-proxy in bank fails");
    expect(edges).toContain("activator in knative-serving dials queue-proxy in shop holds");
  });

  it("knows who will sign what is not there yet", async () => {
    const { out } = await ran(["graph", "examples/healthy", "-o", "json"]);
    const { clusters } = JSON.parse(out) as Document;
    expect(edgesIn(clusters[0] ?? { nodes: [], edges: [] })).toContain(
      "ClusterIssuer/knative-ca signs Secret/shop/serving-certs",
    );
  });

  it("is drawn as Mermaid and for Graphviz, all nodes and edges of it", async () => {
    const objects = objectsOf("01-healthy");
    const { nodes, edges } = await graphOf(objects);
    const mermaid = (await drawn(objects)).trimEnd().split("\n");
    expect(mermaid[0]).toBe("flowchart LR");
    expect(mermaid).toHaveLength(1 + nodes.length + edges.length);
    const dot = (await drawn(objects, "-o", "dot")).trimEnd().split("\n");
    expect(dot).toHaveLength(3 + nodes.length + edges.length);
    expect(dot).toContain(
      '  "activator in knative-serving" -> "queue-proxy in shop" [label="dials", color=darkgreen];',
    );
  });

  it("draws one namespace with what it is tied to, and folds many", async () => {
    const objects = cluster(20);
    const one = await drawn(objects, "-n", "team-3");
    expect(one).toContain("queue-proxy in team-3");
    expect(one).toContain("activator in knative-serving");
    expect(one).not.toContain("team-4");
    const many = await drawn(objects);
    expect(many).toContain("queue-proxy in 12 more namespaces");
    expect(await drawn(objects, "--all")).toContain("queue-proxy in team-19");
  });

  it("lets no name become markup", async () => {
    const hostile = 'x"]; click n0 "javascript:alert(1)" <b>';
    const secret = `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: a, namespace: shop }
spec: { secretName: serving-certs, issuerRef: { kind: ClusterIssuer, name: ${JSON.stringify(hostile)} } }
`;
    await withFiles({ "a.yaml": secret }, async (directory) => {
      for (const format of ["mermaid", "dot"]) {
        const { out } = await ran([
          "graph",
          "examples/healthy",
          directory,
          "--no-config",
          "-o",
          format,
        ]);
        expect(out).toContain("javascript");
        expect(out).not.toContain(format === "mermaid" ? '"javascript' : 'x"]');
      }
    });
  });
});
