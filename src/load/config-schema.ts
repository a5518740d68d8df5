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

export const configSchema = v.strictObject({
  environment: v.optional(
    v.strictObject({
      clusterDomain: v.optional(name),
      namespaces: v.optional(
        v.strictObject({
          serving: v.optional(name),
          eventing: v.optional(name),
          kourier: v.optional(name),
          clusterResource: v.optional(name),
          trust: v.optional(name),
        }),
      ),
      versions: v.optional(
        v.strictObject({
          knative: v.optional(version),
          certManager: v.optional(version),
          trustManager: v.optional(version),
        }),
      ),
    }),
  ),
  assume: v.optional(
    v.array(v.strictObject({ kind: name, namespace: v.optional(v.string()), name })),
  ),
  suppress: v.optional(
    v.array(
      v.strictObject({
        rule: name,
        kind: v.optional(name),
        namespace: v.optional(name),
        name: v.optional(name),
        reason: v.optional(v.string()),
        until: v.optional(date),
      }),
    ),
  ),
  rules: v.optional(v.record(name, severity)),
  clusters: v.optional(
    v.array(
      v.strictObject({
        name,
        paths: v.pipe(v.array(name), v.minLength(1)),
        complete: v.optional(v.boolean()),
      }),
    ),
  ),
  plugins: v.optional(v.array(name)),
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
