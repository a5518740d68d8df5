import { factsOf } from "../../../src/engine/facts.ts";
import { readInput } from "../../../src/load/input.ts";
import { inventoriesOf } from "../../../src/load/world.ts";
import { plainEnvironment } from "../../../src/model/environment.ts";
import { handshakes } from "../../../src/trust/facts.ts";
import { megabytes, timed } from "../own-process.ts";
import type { Measured } from "./measured.ts";

/** Loads the file, and decides every handshake in it twice: first with nothing known, then a day later. */
const [path = ""] = process.argv.slice(2);
const now = new Date("2026-06-01T00:00:00Z");
const input = await readInput({ paths: [path], kustomizations: [] });
const world = { name: "", complete: true, includes: () => true };
const [inventory] = inventoriesOf(input.files, [], [world], {
  environment: plainEnvironment,
  assumed: [],
});
if (!inventory) throw new Error("no world");
const loaded = megabytes();
const start = performance.now();
const [{ at, rows }, processor] = timed(() => {
  const rowsAt = factsOf(inventory)(handshakes);
  return { at: rowsAt, rows: rowsAt(now) };
});
const decided = performance.now();
at(new Date(now.getTime() + 86_400_000));
const again = performance.now();
const measured: Measured = {
  rows: rows.length,
  holds: rows.filter(({ verdict }) => verdict === "holds").length,
  fails: rows.filter(({ verdict }) => verdict === "fails").length,
  milliseconds: decided - start,
  processor,
  again: again - decided,
  loaded,
  peak: megabytes(),
};
process.stdout.write(JSON.stringify(measured));
