import { Fault } from "./node.ts";
import { yamlTag } from "./resolve.ts";

/** What the handles of %TAG directives stand for. */
export type TagPrefixes = ReadonlyMap<string, string>;

const standard: TagPrefixes = new Map([
  ["!", "!"],
  ["!!", yamlTag],
]);

/** The whole name of a tag as it is written: `!!str`, `!mine`, `!e!name`, `!<tag:example.org,2000:x>`. */
export function tagName(written: string, prefixes: TagPrefixes): string {
  const verbatim = /^!<(.*)>$/.exec(written)?.[1];
  if (verbatim !== undefined) return decode(verbatim);
  const [, handle = "!", suffix = ""] = /^(!(?:[\w-]*!)?)(.*)$/.exec(written) ?? [];
  if (suffix === "" && handle === "!") return "!";
  return (prefixes.get(handle) ?? standard.get(handle) ?? handle) + decode(suffix);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Throws a Fault for what scannerc.go, yaml_parser_scan_tag, refuses. It also takes brackets and commas for a part of
 * the tag; such a text is refused here.
 */
export function checkTag(text: string, start: number, end: number): void {
  if (text.slice(start, end) === "!!") throw new Fault("did not find expected tag URI", start);
  const strange = /[^\w\-;/?:@&=+$,.!~*'()%<>[\]]/.test(text.slice(start, end));
  if (strange || /\S/.test(text.charAt(end))) {
    throw new Fault("did not find expected whitespace or line break", end);
  }
}
