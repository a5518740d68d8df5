import * as v from "valibot";

/** Field by field what `.knative-certs.yaml` may hold; the JSON Schema in docs/schema is made from it. */
const severity = v.picklist(["error", "warning", "info", "off"]);
const name = v.pipe(v.string(), v.minLength(1));
const version = v.pipe(
  v.string(),
  v.regex(/^v?\d+\.\d+(\.\d+)?/, "must be a release such as 1.21.2"),
);
const date = v.pipe(
  v.string(),
  v.check(
    (value) => !Number.isNaN(Date.parse(value)),
    "must be a date such as 2027-01-31 or an RFC 3339 time",
  ),
);

const configSchema = v.strictObject({
  environment: v.exactOptional(
    v.strictObject({
      clusterDomain: v.exactOptional(name),
      namespaces: v.exactOptional(
        v.strictObject({
          serving: v.exactOptional(name),
          eventing: v.exactOptional(name),
          kourier: v.exactOptional(name),
          clusterResource: v.exactOptional(name),
          trust: v.exactOptional(name),
        }),
      ),
      versions: v.exactOptional(
        v.strictObject({
          knative: v.exactOptional(version),
          certManager: v.exactOptional(version),
          trustManager: v.exactOptional(version),
        }),
      ),
    }),
  ),
  assume: v.exactOptional(
    v.array(v.strictObject({ kind: name, namespace: v.exactOptional(v.string()), name })),
  ),
  suppress: v.exactOptional(
    v.array(
      v.strictObject({
        rule: name,
        kind: v.exactOptional(name),
        namespace: v.exactOptional(name),
        name: v.exactOptional(name),
        reason: v.exactOptional(v.string()),
        until: v.exactOptional(date),
      }),
    ),
  ),
  rules: v.exactOptional(v.record(name, severity)),
  clusters: v.exactOptional(
    v.array(
      v.strictObject({
        name,
        paths: v.pipe(v.array(name), v.minLength(1)),
        complete: v.exactOptional(v.boolean()),
      }),
    ),
  ),
  plugins: v.exactOptional(v.array(name)),
});

export type ConfigContent = v.InferOutput<typeof configSchema>;

export interface SchemaIssue {
  readonly steps: readonly (string | number)[];
  readonly message: string;
}

/** The content of a configuration file, or what is wrong with it. */
export function checkConfig(
  value: unknown,
): { readonly content: ConfigContent } | { readonly issues: readonly SchemaIssue[] } {
  const result = v.safeParse(configSchema, value);
  if (result.success) return { content: result.output };
  return {
    issues: result.issues.map((issue) => ({
      steps: (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key))),
      message: issue.message,
    })),
  };
}
