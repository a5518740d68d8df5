import type { JsonObject } from "../../model/json.ts";

/** Manifests as one YAML stream, long texts as blocks. */
export async function toYaml(manifests: readonly JsonObject[]): Promise<string> {
  const { stringify } = await import("yaml");
  return manifests.map((manifest) => stringify(manifest, { lineWidth: 0 })).join("---\n");
}
