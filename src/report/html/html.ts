import { inert } from "../../show/inert.ts";

/** Markup that is safe to put into a page. */
export interface Html {
  readonly markup: string;
}

type Value = Html | string | number | readonly Html[];

const marks: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as text: for content and for quoted attributes. */
function escaped(text: string): string {
  return inert(text).replaceAll(/[&<>"']/g, (mark) => marks[mark] ?? "");
}

/** A template in which every string is escaped; only what came out of this function is markup. */
export function tag(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const markup = parts.map((part, i) => part + (i < values.length ? markupOf(values[i]) : ""));
  return { markup: markup.join("") };
}

function markupOf(value: Value | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number") return String(value);
  return "markup" in value ? value.markup : value.map(({ markup }) => markup).join("");
}

export const nothing: Html = { markup: "" };
