import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { silentlyOff } from "../support/command-line.ts";
import { of } from "./api.ts";
import { startCluster, type Cluster } from "./cluster.ts";
import { isEstablished } from "./conditions.ts";
import { shellIn } from "./shell.ts";

/** The API of https://openreports.io as far as it matters here: its server takes any field. */
const definition = (
  kind: string,
  plural: string,
  scope: string,
) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${plural}.openreports.io }
spec:
  group: openreports.io
  names: { kind: ${kind}, plural: ${plural} }
  scope: ${scope}
  versions:
    - name: v1alpha1
      served: true
      storage: true
      schema:
        openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true }
`;

const bindings = ["knative-certs", "knative-certs-reports"].map(
  (role) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: "${role}-of-the-test" }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }
subjects: [{ apiGroup: rbac.authorization.k8s.io, kind: User, name: cron }]
`,
);

interface CronJob {
  readonly kind: string;
  readonly spec: {
    readonly jobTemplate: {
      readonly spec: {
        readonly template: {
          readonly spec: {
            readonly containers: readonly { readonly command: readonly string[] }[];
          };
        };
      };
    };
  };
}

let cluster: Cluster;
beforeAll(async () => {
  execFileSync("npm", ["run", "--silent", "build"]);
  cluster = await startCluster({ users: ["cron"] });
  await cluster.apply(
    [
      definition("Report", "reports", "Namespaced"),
      definition("ClusterReport", "clusterreports", "Cluster"),
      ...bindings,
      "apiVersion: v1\nkind: Namespace\nmetadata: { name: knative-serving }\n",
      silentlyOff,
    ].join("---\n"),
  );
  for (const name of ["reports.openreports.io", "clusterreports.openreports.io"])
    await cluster.api.wait(of("CustomResourceDefinition", name), isEstablished);
});
afterAll(() => cluster?.stop());

it("the CronJob's command writes OpenReports with the rights that it has", async () => {
  const text = readFileSync("deploy/cronjob.yaml", "utf8");
  await cluster.apply(text);
  const job = parseAllDocuments(text)
    .map((document) => document.toJS() as CronJob)
    .find(({ kind }) => kind === "CronJob");
  const [shell = "", ...args] =
    job?.spec.jobTemplate.spec.template.spec.containers[0]?.command ?? [];
  const { directory, env } = shellIn(cluster, { user: "cron" });
  const command = args.map((arg) => arg.replaceAll("/tmp/", `${directory}/`));
  execFileSync(shell, command, { cwd: directory, env });
  const reports = await cluster.kubectl(["get", "reports.openreports.io", "-A", "-o", "json"]);
  expect(reports).toContain("external-tls-silently-off");
});
