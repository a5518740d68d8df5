import type { Nested } from "../../model/yaml-value.ts";
import { decodeNestedWith, readDocumentWith, type ReadResult } from "./read.ts";
import { parseReference } from "./reference.ts";

/** readDocument through the reference parser: seven times slower, for comparison. */
export function readDocumentByReference(text: string): ReadResult {
  return readDocumentWith(text, parseReference);
}

/** decodeNested through the reference parser. */
export function decodeNestedByReference(text: string): Nested {
  return decodeNestedWith(text, parseReference);
}
