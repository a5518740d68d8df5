import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { render } from "../../src/report/openreports.ts";
import { foundOf, reportOf } from "../support/reports.ts";

const text = { type: "string" };
const closed = (properties: object, required: readonly string[] = []) => ({
  type: "object",
  additionalProperties: false,
  properties,
  required,
});
const counts = Object.fromEntries(
  ["pass", "fail", "warn", "error", "skip"].map((name) => [name, { type: "integer" }]),
);

/** What openreports.io/v1alpha1 has for Report and ClusterReport, and nothing that it has not. */
const schema = closed(
  {
    apiVersion: { const: "openreports.io/v1alpha1" },
    kind: { enum: ["Report", "ClusterReport"] },
    metadata: closed({ name: text, namespace: text, labels: { type: "object" } }, ["name"]),
    source: text,
    configuration: closed({ limits: closed({ maxResults: { type: "integer" } }) }, ["limits"]),
    summary: closed(counts),
    results: {
      type: "array",
      items: closed(
        {
          policy: text,
          rule: text,
          category: text,
          severity: { enum: ["critical", "high", "medium", "low", "info"] },
          result: { enum: ["pass", "fail", "warn", "error", "skip"] },
          scored: { type: "boolean" },
          source: text,
          message: text,
          timestamp: closed({ seconds: { type: "integer" }, nanos: { type: "integer" } }, [
            "seconds",
            "nanos",
          ]),
          resources: {
            type: "array",
            items: closed({ apiVersion: text, kind: text, namespace: text, name: text }),
          },
          properties: { type: "object", additionalProperties: text },
        },
        ["policy"],
      ),
    },
  },
  ["apiVersion", "kind", "metadata"],
);

const validate = new Ajv2020({ allErrors: true }).compile(schema);

interface Written {
  readonly kind: string;
  readonly metadata: { readonly namespace?: string };
  readonly summary: Readonly<Record<string, number>>;
  readonly results: readonly {
    readonly policy: string;
    readonly result: string;
    readonly resources?: readonly object[];
  }[];
}

function written(report: Parameters<typeof render>[0]): readonly Written[] {
  return (JSON.parse(render(report)) as { items: Written[] }).items;
}

const issue = { kind: "Certificate", namespace: "shop", name: "serving" };
const full = reportOf({
  worlds: [
    {
      name: "",
      objects: 2,
      coverage: {
        evaluated: 1,
        notEvaluated: [{ code: "KC202", subject: issue, why: "unknown", rbac: "get secrets" }],
      },
    },
  ],
  findings: [
    foundOf({ from: "2027-01-01T00:00:00Z", location: null }),
    foundOf({ severity: "warning", subject: issue, fingerprint: "b".repeat(32) }),
    foundOf({ severity: "info", subject: issue, fingerprint: "c".repeat(32) }),
    foundOf({ accepted: "suppressed", subject: issue, fingerprint: "d".repeat(32) }),
  ],
  crashes: [{ code: "KC203", world: "", subject: undefined, message: "boom", stack: "" }],
});

describe("openreports", () => {
  it("is what the CustomResourceDefinition takes", () => {
    for (const item of written(full))
      expect(validate(item), JSON.stringify(validate.errors)).toBe(true);
  });

  it("is a report for the cluster and one for each namespace", () => {
    expect(
      written(full).map(({ kind, metadata, summary }) => [kind, metadata.namespace, summary]),
    ).toEqual([
      ["ClusterReport", undefined, { pass: 0, fail: 1, warn: 0, error: 1, skip: 0 }],
      ["Report", "shop", { pass: 0, fail: 0, warn: 2, error: 0, skip: 2 }],
    ]);
  });

  it("names the object as the API server does", () => {
    expect(written(full)[0]?.results[0]).toMatchObject({
      policy: "KC201",
      result: "fail",
      resources: [{ apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer", name: "knative-ca" }],
    });
  });

  it("keeps a report small enough for etcd, the worst first, and says so", () => {
    const many = Array.from({ length: 3000 }, (_, i) =>
      foundOf({
        severity: i < 2990 ? "warning" : "error",
        fingerprint: String(i).padStart(32, "0"),
      }),
    );
    const [report] = written(reportOf({ findings: many }));
    expect(report?.results).toHaveLength(1000);
    expect(report?.results[0]?.result).toBe("fail");
    expect(report?.summary).toMatchObject({ fail: 10, warn: 2990 });
    expect(report).toMatchObject({ configuration: { limits: { maxResults: 1000 } } });
    expect(JSON.stringify(report).length).toBeLessThan(1_500_000);
  });
});
