import { everyKind, kinds } from "../../../src/model/kinds.ts";
import { of } from "../api.ts";
import type { Cluster } from "../cluster.ts";
import { isEstablished } from "../conditions.ts";

/** Has the API server serve every kind that the program reads; what is not there yet gets no schema. */
export async function serveEveryKind({ api, apply }: Cluster): Promise<void> {
  const defined = new Set(
    (await api.list("CustomResourceDefinition")).map(({ metadata }) => metadata.name),
  );
  const wanted = everyKind
    .map((kind) => kinds[kind])
    .filter(({ group }) => group.includes(".") && !group.endsWith(".k8s.io"))
    .filter(({ group, plural }) => !defined.has(`${plural}.${group}`));
  const definitions = wanted.map(({ group, plural, kind, versions, namespaced }) => ({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` },
      scope: namespaced ? "Namespaced" : "Cluster",
      versions: versions.map((name, i) => ({
        name,
        served: true,
        storage: i === 0,
        schema: {
          openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
        },
      })),
    },
  }));
  await apply(definitions.map((definition) => JSON.stringify(definition)).join("\n"));
  for (const { metadata } of definitions)
    await api.wait(of("CustomResourceDefinition", metadata.name), isEstablished);
}
