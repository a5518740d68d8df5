import { nameOf } from "../../model/object.ts";
import type { Contents } from "../contents.ts";
import { blank, column, folded, line, span, type Line } from "../line.ts";
import { rbacOf } from "../views/coverage.ts";

/** One reason why something was not evaluated: the RBAC that mends it, then every rule and subject. */
export function gapPage(contents: Contents, why: string, width: number): readonly Line[] {
  const gaps = contents.coverage.notEvaluated.filter((gap) => gap.why === why);
  const rbac = rbacOf(gaps);
  return [
    ...folded(`Not evaluated: ${why}`, width, 0).map((text) => line(span(text, "title"))),
    ...(rbac === ""
      ? []
      : folded(`needs ${rbac}`, width, 2, 0).map((text) => line(span(text, "good")))),
    blank,
    ...gaps.map(({ code, subject }) =>
      line(column(code, 8), subject ? nameOf(subject) : "subjects not known"),
    ),
  ];
}
