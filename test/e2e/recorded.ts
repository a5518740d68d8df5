import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { KubeObject } from "./api.ts";

/** The objects of a recording, as they were. */
export function recorded(name: string): readonly KubeObject[] {
  const zipped = readFileSync(`test/fixtures/recordings/${name}/objects.json.gz`);
  const list: unknown = JSON.parse(gunzipSync(zipped).toString("utf8"));
  return (list as { readonly items: readonly KubeObject[] }).items;
}
