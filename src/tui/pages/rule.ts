import type { Contents } from "../contents.ts";
import { folded, line, span, type Line } from "../line.ts";

/** The page of a rule, its Markdown drawn for a terminal. */
export function rulePage(contents: Contents, code: string, width: number): readonly Line[] {
  const page = contents.rulePage(code);
  const about = contents.report.rules.find((one) => one.code === code);
  if (page === undefined) {
    return about
      ? [
          line(span(`${about.code} ${about.id}`, "title")),
          ...folded(about.summary, width, 0).map((text) => line(text)),
          ...folded(about.citation, width, 0).map((text) => line(span(text, "quiet"))),
        ]
      : [line(`There is no page about ${code}.`)];
  }
  let inCode = false;
  return page.split("\n").flatMap((text) => {
    if (text.startsWith("```")) {
      inCode = !inCode;
      return inCode ? [line(span(`  ${text.slice(3)}`, "quiet"))] : [];
    }
    if (inCode) return [line(span("  | ", "frame"), text)];
    if (text.startsWith("<!--")) return [];
    if (text.startsWith("#"))
      return [line(span(text.replace(/^#+ /, ""), text.startsWith("# ") ? "tab" : "title"))];
    return folded(text, width, text.startsWith("- ") ? 2 : 0, 0).map((one) => line(one));
  });
}
