import { resolve } from "node:path";
import type { Input } from "../src/load/input.ts";
import type { Place } from "../src/model/place.ts";
import type { Finding } from "../src/rule/finding.ts";
import type { Report } from "../src/rule/report.ts";

/**
 * The report as far as it touches one of the `changed` files: those that a finding points at, first of all or beside.
 * A changed file that is not read on its own is a part of some kustomization, so what was rendered is touched too, and a
 * finding that points nowhere is kept.
 */
export function touching(
  report: Report,
  changed: readonly string[],
  input: Input,
  cwd: string,
): Report {
  const files = new Set(changed.map((path) => resolve(cwd, path)));
  const raw = new Set(input.files.map(({ path }) => resolve(cwd, path)));
  const partsChanged = [...files].some((path) => !raw.has(path));
  const touches = ({ provenance }: Place): boolean =>
    provenance.type === "cluster" ||
    files.has(resolve(cwd, provenance.file)) ||
    (partsChanged && provenance.type === "file" && provenance.rendered === true);
  const matters = ({ place, related }: Finding): boolean => {
    const places = [...(place ? [place] : []), ...related.map((one) => one.place)];
    return places.length === 0 || places.some(touches);
  };
  return { ...report, findings: report.findings.filter(matters) };
}
