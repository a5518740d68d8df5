import * as v from "valibot";

/** YAML 1.1 reads an unquoted `off` as false. */
const severity = v.union(
  [
    v.picklist(["error", "warning", "info", "off"]),
    v.pipe(
      v.literal(false),
      v.transform(() => "off" as const),
    ),
  ],
  "must be error, warning, info or off",
);
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

function optional<T extends v.GenericSchema>(schema: T, description: string) {
  return v.exactOptional(v.pipe(schema, v.description(description)));
}

const namespaces = v.strictObject({
  serving: optional(name, "Knative Serving; default knative-serving"),
  eventing: optional(name, "Knative Eventing; default knative-eventing"),
  kourier: optional(name, "the gateways of Kourier; default kourier-system"),
  clusterResource: optional(
    name,
    "cert-manager's cluster resource namespace, where ClusterIssuers have their Secrets; default cert-manager",
  ),
  trust: optional(name, "trust-manager's trust namespace; default cert-manager"),
});

const versions = v.strictObject({
  knative: optional(version, "release of Knative Serving"),
  certManager: optional(version, "release of cert-manager"),
  trustManager: optional(version, "release of trust-manager"),
});

const environment = v.strictObject({
  clusterDomain: optional(name, "DNS domain of the cluster; default cluster.local"),
  namespaces: optional(namespaces, "where things are installed"),
  versions: optional(versions, "releases, where no Deployment among the objects shows them"),
});

const assumed = v.strictObject({
  kind: name,
  namespace: optional(v.string(), "none for kinds without one"),
  name,
});

const suppression = v.strictObject({
  rule: v.pipe(name, v.description("code, id, code prefix or group")),
  kind: optional(name, "only objects of this kind"),
  namespace: optional(name, "only in this namespace; * stands for any characters"),
  name: optional(name, "only objects of this name; * stands for any characters"),
  reason: optional(v.string(), "why it is right not to report it; KC903 asks for one"),
  until: optional(
    date,
    "last day, such as 2027-01-31; afterwards it counts no more, and KC903 says so",
  ),
});

const cluster = v.strictObject({
  name,
  paths: v.pipe(
    v.array(name),
    v.minLength(1),
    v.description("files and directories, seen from the directory of this file"),
  ),
  complete: optional(
    v.boolean(),
    "true: these files are everything there is, so what they do not hold does not exist",
  ),
});

/** Field by field what `.knative-certs.yaml` may hold; docs/schema/config.v1.schema.json is made from it. */
export const configSchema = v.strictObject({
  environment: optional(environment, "what objects alone do not tell about the cluster"),
  assume: optional(v.array(assumed), "objects that exist elsewhere"),
  suppress: optional(v.array(suppression), "findings that are accepted"),
  rules: optional(
    v.record(name, severity),
    "severity by rule: code, id, code prefix or group; off turns rules off",
  ),
  clusters: optional(
    v.array(cluster),
    "files that belong together; without it everything read is one cluster",
  ),
  plugins: optional(
    v.array(name),
    "modules with further rules; loaded only where --config names this file",
  ),
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
