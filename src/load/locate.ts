import type { Excerpt, Location } from "../model/location.ts";
import type { Place } from "../model/place.ts";
import { blankSecrets } from "./blank.ts";
import { privateParts, type PrivateParts } from "./private-parts.ts";
import type { Sources } from "./sources.ts";
import { splitDocuments, type RawDocument } from "./yaml/documents.ts";
import { lineTable, type LineTable } from "./yaml/position.ts";
import { rangeOf } from "./yaml/range.ts";

export interface Located {
  readonly location: Location;
  readonly excerpt: Excerpt;
}

export type Locate = (place: Place) => Located | undefined;

/** At most so many lines of a range are shown. */
const linesShown = 3;

/**
 * Turns places into lines and columns. Opens a document with the reference parser only when a place points into it;
 * undefined for objects that came from a cluster.
 */
export function locator(sources: Sources): Locate {
  const files = new Map<string, OpenFile | undefined>();
  const open = (path: string) => {
    if (!files.has(path)) files.set(path, openFile(sources.get(path)));
    return files.get(path);
  };
  return (place) => {
    const { provenance } = place;
    if (provenance.type === "cluster") return undefined;
    const file = open(provenance.file);
    if (!file) return undefined;
    if (provenance.type === "text") {
      return locate(
        file,
        provenance.file,
        "",
        { start: provenance.offset, end: provenance.offset + provenance.length },
        {},
      );
    }
    const document = file.documents()[provenance.document];
    if (!document) return undefined;
    const pointer = provenance.base + place.pointer;
    const range = rangeOf(document.text, { ...place, pointer }) ?? { start: 0, end: 0 };
    const rendered = provenance.rendered ? { rendered: true as const } : {};
    return locate(
      file,
      provenance.file,
      place.pointer,
      { start: range.start + document.offset, end: range.end + document.offset },
      rendered,
    );
  };
}

interface OpenFile {
  readonly text: string;
  readonly lines: LineTable;
  readonly documents: () => readonly RawDocument[];
  /** A line with everything blanked that could be private. */
  readonly shownLine: (line: number) => string;
}

function openFile(text: string | undefined): OpenFile | undefined {
  if (text === undefined) return undefined;
  let documents: readonly RawDocument[] | undefined;
  let parts: PrivateParts | undefined;
  const lines = lineTable(text);
  const shown = new Map<number, string>();
  return {
    text,
    lines,
    documents: () => (documents ??= splitDocuments(text)),
    shownLine: (number) => {
      let line = shown.get(number);
      if (line === undefined) {
        parts ??= privateParts(text);
        const [blanked = ""] = blankSecrets(text, parts, lines.startOf(number), [
          lines.lineAt(number),
        ]);
        shown.set(number, (line = blanked));
      }
      return line;
    },
  };
}

function locate(
  file: OpenFile,
  path: string,
  pointer: string,
  range: { start: number; end: number },
  rendered: { rendered?: true },
): Located {
  const start = file.lines.positionAt(range.start);
  const end = file.lines.positionAt(Math.max(range.start, range.end));
  const last = Math.min(end.line, start.line + linesShown - 1);
  const lines = Array.from({ length: last - start.line + 1 }, (_, i) =>
    file.shownLine(start.line + i),
  );
  return {
    location: {
      file: path,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      pointer,
      ...rendered,
    },
    excerpt: { firstLine: start.line, lines },
  };
}
