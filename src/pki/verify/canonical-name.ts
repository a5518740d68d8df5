import { hexOf, latin1Of } from "../der/bytes.ts";
import { bytesOf, isEmpty, read, readElement, readerOf, tags, type Reader } from "../der/read.ts";
import { readText } from "../der/text.ts";

const known = new Map<string, string>();

/**
 * A distinguished name as BoringSSL and OpenSSL compare names: string types, ASCII case, and the amount of white space
 * do not matter. Takes the key of a name; a longer name begins with the canonical form of those above it.
 */
export function canonicalName(key: string): string {
  const seen = known.get(key);
  if (seen !== undefined) return seen;
  const names = read(readerOf(Buffer.from(key, "latin1")), tags.sequence);
  const canonical = names ? [...canonicalSets(names)].join("") : key;
  if (known.size > 10_000) known.clear();
  known.set(key, canonical);
  return canonical;
}

function* canonicalSets(names: Reader): Iterable<string> {
  while (!isEmpty(names)) {
    const set = read(names, tags.set);
    if (!set) return;
    yield JSON.stringify([...attributes(set)].toSorted());
  }
}

function* attributes(set: Reader): Iterable<string> {
  while (!isEmpty(set)) {
    const attribute = read(set, tags.sequence);
    const type = attribute && read(attribute, tags.objectIdentifier);
    const value = attribute && readElement(attribute);
    if (!type || !value) return;
    yield `${hexOf(bytesOf(type))}=${canonicalText(value.tag, bytesOf(value.contents))}`;
  }
}

function canonicalText(tag: number, bytes: Uint8Array): string {
  const numeric = tag === 0x12;
  const string = numeric ? { why: "never changed" } : readText(tag, bytes);
  if ("why" in string) return `${String(tag)}:${latin1Of(bytes)}`;
  return string.text
    .replace(/^[\t-\r ]+|[\t-\r ]+$/g, "")
    .replace(/[\t-\r ]+/g, " ")
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
