import type { ReadingProblem, ReadingProblemType } from "../model/inventory.ts";
import type { KubeObject } from "../model/object.ts";
import type { Place, Provenance } from "../model/place.ts";
import { objectsIn } from "./objects.ts";
import { couldMatter } from "./sieve.ts";
import { templateLanguage } from "./templates.ts";
import { splitDocuments, type RawDocument } from "./yaml/documents.ts";
import { readDocument } from "./yaml/read.ts";

/** A text with YAML or JSON documents in it. */
export interface TextInput {
  readonly path: string;
  readonly text: string;
  readonly named: boolean;
  readonly rendered?: true;
}

export interface ReadFile {
  readonly path: string;
  readonly objects: readonly KubeObject[];
  readonly problems: readonly ReadingProblem[];
  /** Documents with content, those that were passed over included. */
  readonly documents: number;
  /** Kubernetes objects of any kind in the documents that were parsed. */
  readonly seen: number;
}

/** Parses a document; the reference parser can be put in the place of the fast one to compare them. */
export type Parse = typeof readDocument;

/** Reads a text: documents that cannot matter are passed over, unless the user named the file itself. */
export function readFile(input: TextInput, parse: Parse = readDocument): ReadFile {
  const read: Collected = { objects: [], problems: [], documents: 0, seen: 0 };
  if (!input.named && !couldMatter(input.text)) {
    return { path: input.path, ...read, documents: input.text.trim() === "" ? 0 : 1 };
  }
  for (const document of splitDocuments(input.text)) {
    if (document.text.trim() === "") continue;
    if (input.named || couldMatter(document.text)) readOne(input, document, parse, read);
    else read.documents++;
  }
  return { path: input.path, ...read };
}

interface Collected {
  readonly objects: KubeObject[];
  readonly problems: ReadingProblem[];
  documents: number;
  seen: number;
}

function readOne(input: TextInput, document: RawDocument, parse: Parse, read: Collected): void {
  const result = parse(document.text);
  const spot = (offset: number): Place => textPlace(input.path, document.offset + offset);
  const report = (type: ReadingProblemType, place: Place, message: string) => {
    read.problems.push({ type, place, message, named: input.named });
  };
  if (result.ok && result.value === undefined) return;
  read.documents++;
  const language = templateLanguage(input.path, document.text, result.ok);
  if (language)
    return report("template", spot(0), `text for ${language}, not a manifest: render it first`);
  if (!result.ok) return report("broken", spot(result.offset), result.message);
  if (document.note) report("separator", spot(0), document.note);
  const provenance = (base: string): Provenance => ({
    type: "file",
    file: input.path,
    document: document.index,
    base,
    ...(input.rendered && { rendered: true }),
  });
  const found = objectsIn(result.value ?? null, provenance);
  read.objects.push(...found.objects);
  read.seen += found.seen;
  const inside = (pointer: string): Place => ({ provenance: provenance(""), pointer, part: "key" });
  for (const { type, pointer, message } of found.problems) report(type, inside(pointer), message);
  if (found.seen === 0) return;
  for (const duplicate of result.duplicates) {
    report(
      "duplicate-key",
      inside(duplicate),
      `the key at ${duplicate} is written twice in one mapping; the last one wins`,
    );
  }
}

export function textPlace(file: string, offset: number, length = 1): Place {
  return { provenance: { type: "text", file, offset, length }, pointer: "", part: "value" };
}
