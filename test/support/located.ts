import { locateReport } from "../../cmd/locate-report.ts";
import type { LocatedReport } from "../../src/rule/report.ts";
import { analyzed, type Asked } from "./analyze.ts";
import { inventoryOf, type WorldOptions } from "./world.ts";

/** What the rules find in texts, by file name, with the lines and columns of it. */
export async function located(
  files: Readonly<Record<string, string>>,
  { asked = {}, ...world }: WorldOptions & { readonly asked?: Asked } = {},
): Promise<LocatedReport> {
  const report = analyzed([inventoryOf(files, world)], asked);
  return locateReport(report, new Map(Object.entries(files)));
}
