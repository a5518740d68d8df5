import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Inventory } from "../../src/model/inventory.ts";
import { inventoryOf } from "./world.ts";

const folder = "test/fixtures/recordings";

/** Objects of a real cluster, and when they were recorded (see the README there). */
export interface Recording {
  readonly name: string;
  readonly inventory: Inventory;
  readonly now: Date;
}

export const recordingNames: readonly string[] = readdirSync(folder)
  .filter((name) => /^\d/.test(name))
  .toSorted();

export function recording(name: string): Recording {
  const objects = gunzipSync(readFileSync(`${folder}/${name}/objects.json.gz`)).toString("utf8");
  const observed: unknown = JSON.parse(readFileSync(`${folder}/${name}/observed.json`, "utf8"));
  const recordedAt =
    typeof observed === "object" && observed !== null && "recordedAt" in observed
      ? String(observed.recordedAt)
      : "";
  return {
    name,
    inventory: inventoryOf({ "objects.json": objects }, { complete: true }),
    now: new Date(recordedAt),
  };
}
