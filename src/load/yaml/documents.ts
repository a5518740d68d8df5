import { jsonObjectsIn, type Stretch } from "../json/stream.ts";
import { countLines } from "./position.ts";
import { shapeOf } from "./shape.ts";

/** One document of a file, as text. */
export interface RawDocument {
  /** From 0, in the order of the file. */
  readonly index: number;
  /** With its marker, the directives and comments before it, and the `...` behind it. */
  readonly text: string;
  /** Where the text begins in the file, in UTF-16 code units. */
  readonly offset: number;
  /** The line in which it begins, from 1. */
  readonly line: number;
  /** Why kubectl does not read it, although it is YAML. */
  readonly note?: string;
}

/**
 * The documents of a text. A marker at the start of a line is one wherever it stands: no scalar can hold it there. JSON
 * objects may also follow each other without a marker. A document may be empty; comments behind the last are none.
 */
export function splitDocuments(text: string): readonly RawDocument[] {
  let line = 1;
  let counted = 0;
  const stretches: readonly Section[] = jsonObjectsIn(text) ?? sectionsOf(shapeOf(text));
  return stretches.map(({ start, end, note }, index) => {
    line += countLines(text, counted, start);
    counted = start;
    return {
      index,
      text: text.slice(start, end),
      offset: start,
      line,
      ...(note !== undefined && { note }),
    };
  });
}

/** The text of the first document, which is all that go-yaml decodes of a text. */
export function firstDocument(text: string): string {
  const [first] = sectionsOf(shapeOf(text));
  return first ? text.slice(0, first.contentEnd) : text;
}

interface Section extends Stretch {
  /** Before the `...` that ends it. */
  readonly contentEnd?: number;
  readonly note?: string | undefined;
}

/** The section that is being gathered. */
interface Gathering {
  readonly sections: Section[];
  start: number;
  state: "empty" | "implicit" | "explicit";
  note: string | undefined;
}

function sectionsOf(shape: string): readonly Section[] {
  const all: Gathering = { sections: [], start: 0, state: "empty", note: undefined };
  for (const mark of marksIn(shape)) {
    if (hasContent(shape, all, mark.at)) all.state = "implicit";
    gather[mark.type](all, mark, shape);
  }
  if (all.state !== "empty" || hasContent(shape, all, shape.length)) close(all, shape.length);
  return all.sections;
}

const gather: Readonly<Record<Mark["type"], (all: Gathering, mark: Mark, shape: string) => void>> =
  {
    glued: (all, { line }) => {
      if (all.state === "empty") all.state = "implicit";
      all.note ??= refusal(line);
    },
    start: (all, { at, line }, shape) => {
      if (all.state !== "empty") close(all, at);
      const prologue = all.sections.length === 0 ? shape.slice(0, at) : "";
      all.state = "explicit";
      all.note = /^%/m.test(prologue) ? directives : refusal(line);
    },
    end: (all, { at, end }) => {
      if (all.state !== "empty") close(all, end, at);
      else if (all.sections.length === 0) close(all, end);
      else all.start = end;
    },
  };

function close(all: Gathering, end: number, contentEnd = end): void {
  const { sections, start, state, note } = all;
  const unmarked = state !== "explicit" && sections.length > 0;
  sections.push({ start, end, contentEnd, note: unmarked ? afterEnd : note });
  all.start = end;
  all.state = "empty";
  all.note = undefined;
}

const directives = "kubectl does not understand directives in front of ---";
const afterEnd = "kubectl reads nothing between ... and the next ---";

/** k8s.io/apimachinery pkg/util/yaml, YAMLReader: only a comment may follow the marker. */
function refusal(line: string): string | undefined {
  const more = line.slice(3).trim();
  if (more === "" || more.startsWith("#")) return undefined;
  return `kubectl refuses text behind ---: ${more.length > 40 ? `${more.slice(0, 40)}…` : more}`;
}

/** `glued` is no marker for YAML, as in `---x`, but kubectl takes it for one. */
interface Mark {
  readonly type: "start" | "end" | "glued";
  readonly at: number;
  /** Behind the line break. */
  readonly end: number;
  readonly line: string;
}

function* marksIn(shape: string): Generator<Mark> {
  if (/^(?:---|\.\.\.)/.test(shape)) yield* markAt(shape, 0);
  let dashes = shape.indexOf("\n---");
  let dots = shape.indexOf("\n...");
  while (dashes !== -1 || dots !== -1) {
    const at = dots === -1 || (dashes !== -1 && dashes < dots) ? dashes : dots;
    yield* markAt(shape, at + 1);
    if (at === dashes) dashes = shape.indexOf("\n---", at + 1);
    else dots = shape.indexOf("\n...", at + 1);
  }
}

function* markAt(shape: string, at: number): Generator<Mark> {
  const lineEnd = shape.indexOf("\n", at);
  const end = lineEnd === -1 ? shape.length : lineEnd + 1;
  const line = shape.slice(at, end).trimEnd();
  const marker = /^...(?=[ \t]|$)/.test(line);
  if (line.startsWith("-")) yield { type: marker ? "start" : "glued", at, end, line };
  else if (marker) yield { type: "end", at, end, line };
}

const nothing = /(?:[ \t]*(?:#[^\n]*)?|%[^\n]*)(?:\r?\n|$)/y;

/** Whether a section begins with more than blank lines, comments and directives. */
function hasContent(shape: string, { start, state }: Gathering, to: number): boolean {
  if (state !== "empty") return false;
  for (let at = start; at < to; at = nothing.lastIndex) {
    nothing.lastIndex = at;
    if (!nothing.test(shape)) return true;
  }
  return false;
}
