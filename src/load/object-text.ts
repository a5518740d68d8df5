import { stringify } from "yaml";
import type { Inventory } from "../model/inventory.ts";
import { isObject } from "../model/json.ts";
import { isKind } from "../model/kinds.ts";
import type { Excerpt, Location } from "../model/location.ts";
import { nameOf } from "../model/object.ts";
import type { LocatedFinding } from "../rule/report.ts";
import { blankSecrets } from "./blank.ts";
import { privateParts } from "./private-parts.ts";
import type { Sources } from "./sources.ts";
import { lineTable } from "./yaml/position.ts";
import { rangeOf } from "./yaml/range.ts";

/** An object as YAML, with the part of it that a finding is about. */
export interface ObjectText {
  readonly location: Location;
  readonly excerpt: Excerpt;
}

const linesAround = 150;

/** The document around a finding, as far as a reader would scroll; without private values. */
export function documentAround(location: Location, sources: Sources): ObjectText | undefined {
  const text = sources.get(location.file);
  if (text === undefined) return undefined;
  const table = lineTable(text);
  const isSeparator = (line: number) => /^---(\s|$)/.test(table.lineAt(line));
  const last = table.positionAt(text.length).line;
  let first = location.line;
  while (first > 1 && location.line - first < linesAround && !isSeparator(first - 1)) first -= 1;
  let end = Math.min(location.endLine, location.line + linesAround);
  while (end < last && end - location.line < linesAround && !isSeparator(end + 1)) end += 1;
  const lines = Array.from({ length: end - first + 1 }, (_, i) => table.lineAt(first + i));
  return {
    location,
    excerpt: {
      firstLine: first,
      lines: blankSecrets(text, privateParts(text), table.startOf(first), lines),
    },
  };
}

/** An object that came from a cluster, written as YAML; managed fields are left out. */
export function objectAsYaml(
  { subject, place, world }: LocatedFinding,
  inventories: readonly Inventory[],
): ObjectText | undefined {
  const inventory = inventories.find((one) => one.world === world);
  const { kind, namespace, name } = subject;
  const object = inventory && isKind(kind) ? inventory.find(kind, namespace, name) : undefined;
  if (object?.provenance.type !== "cluster") return undefined;
  const { metadata, ...rest } = object.raw;
  const { managedFields: _, ...kept } = isObject(metadata) ? metadata : {};
  const text = stringify({ ...rest, metadata: kept }, { lineWidth: 0 });
  const isOwnPlace =
    place?.provenance.type === "cluster" &&
    place.provenance.resourceVersion === object.provenance.resourceVersion;
  const range = (isOwnPlace ? rangeOf(text, place) : undefined) ?? { start: 0, end: 0 };
  const table = lineTable(text);
  const start = table.positionAt(range.start);
  const end = table.positionAt(range.end);
  return documentAround(
    {
      file: nameOf(subject),
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      pointer: isOwnPlace ? place.pointer : "",
    },
    new Map([[nameOf(subject), text]]),
  );
}
