import type { Contents } from "./contents.ts";
import { fit, folded, line, textOf, type Line } from "./line.ts";
import { spotOf, type State } from "./state.ts";
import { topOf } from "./top.ts";
import type { Size } from "./frame.ts";

/** The screen for a screen reader: where one is and what is there, in sentences, without columns or frames. Pure. */
export function plainFrame(
  state: State,
  contents: Contents,
  { columns, rows }: Size,
): readonly Line[] {
  const said = state.prompt ? asked(state.prompt) : state.notice;
  const lines = [...place(state, contents, columns, rows), ...(said === "" ? [] : [said])];
  return lines
    .flatMap((text) => folded(text, columns, 0))
    .map((text) => fit(line(text), columns))
    .map((one) => line(textOf(one).trimEnd()));
}

function asked({ asks, text }: NonNullable<State["prompt"]>): string {
  const question = { filter: "Filter", reason: "Reason", file: "Write report to" }[asks];
  return `${question}: ${text}`;
}

function place(state: State, contents: Contents, columns: number, rows: number): readonly string[] {
  const top = topOf(state, contents, columns);
  const { cursor, filter } = spotOf(state);
  const filtered = filter === "" ? "" : `, filter ${filter}`;
  if ("list" in top) {
    const { list, title } = top;
    return list.count === 0
      ? [`View ${title}${filtered}.`, list.empty]
      : [
          `View ${title}${filtered}, row ${String(cursor + 1)} of ${String(list.count)}. ${list.about}.`,
          list.spoken(cursor),
        ];
  }
  const last = Math.min(top.text.length, cursor + Math.max(1, rows - 4));
  return [
    `Page ${top.title}${filtered}, lines ${String(cursor + 1)} to ${String(last)} of ${String(top.text.length)}.`,
    ...top.text
      .slice(cursor, last)
      .map(textOf)
      .filter((text) => /[\p{L}\p{N}]/u.test(text)),
  ];
}
