import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { built } from "./built.ts";
import { recorded } from "./recorded.ts";

/**
 * The CustomResourceDefinitions of cert-manager, trust-manager and Knative Serving, as one YAML text. Those of
 * knative.dev/networking and knative.dev/caching come from a recording, without a schema: their modules have no version
 * that can be fetched.
 */
export function definitions(): string {
  const directory = built("crds");
  const published = readdirSync(directory)
    .toSorted()
    .map((file) => readFileSync(join(directory, file), "utf8"));
  return [...published, ...openDefinitions()].join("\n---\n");
}

interface DefinitionSpec {
  readonly group: string;
  readonly names: unknown;
  readonly scope: string;
  readonly versions: readonly { readonly name: string }[];
}

function openDefinitions(): readonly string[] {
  const schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  const open = { subresources: { status: {} }, schema: { openAPIV3Schema: schema } };
  return recorded("01-healthy")
    .filter(({ kind }) => kind === "CustomResourceDefinition")
    .map(({ apiVersion, kind, metadata: { name, labels }, spec }) => {
      const { group, names, scope, versions } = spec as DefinitionSpec;
      const opened = versions.map((version) => ({ ...version, ...open }));
      const metadata = { name, labels };
      return { apiVersion, kind, metadata, spec: { group, names, scope, versions: opened } };
    })
    .filter(({ spec: { group } }) => /^(networking|caching)\.internal\.knative\.dev$/.test(group))
    .map((definition) => JSON.stringify(definition));
}
