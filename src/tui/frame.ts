import { thousands } from "../model/thousands.ts";
import type { Contents } from "./contents.ts";
import { blank, cutTo, fit, folded, line, span, textOf, type Line } from "./line.ts";
import { bindings } from "./keys.ts";
import { findingPage } from "./pages/finding.ts";
import { spotOf, viewNames, type State } from "./state.ts";
import { topOf } from "./top.ts";
import type { List } from "./views/view.ts";

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** From so many columns on, a list has a preview beside it. */
const previewFrom = 120;
/** Tabs, a line about the list, the bottom line. */
const around = 3;

/** The whole screen: as many lines as there are rows, each as wide as there are columns. Pure. */
export function frameOf(
  state: State,
  contents: Contents,
  { columns, rows }: Size,
): readonly Line[] {
  const room = Math.max(1, rows - around);
  const { about, lines } = bodyOf(state, contents, { columns, rows: room });
  const body = Array.from({ length: room }, (_, i) => lines[i] ?? blank);
  const frame = [tabs(state, contents, columns), about, ...body, bottom(state, columns)];
  return frame.slice(0, rows).map((one) => fit(one, columns));
}

/** Rows that a page of the list or text has, for the cursor to stay inside. */
export function pageSize(state: State, contents: Contents, { columns, rows }: Size): number {
  const room = Math.max(1, rows - around);
  const top = topOf(state, contents, listWidth(state, columns));
  return "list" in top ? Math.max(1, room - top.list.heading.length) : room;
}

/** Columns of what is on top: all of them, or the left part where there is a preview. */
export function listWidth(state: State, columns: number): number {
  return hasPreview(state, columns) ? Math.floor(columns * 0.55) : columns;
}

function hasPreview({ view, pages }: State, columns: number): boolean {
  return columns >= previewFrom && view === "findings" && pages.length === 0;
}

function tabs({ view }: State, { source }: Contents, columns: number): Line {
  const names = viewNames.flatMap((name, i) => [
    span(`${i === 0 ? "" : " "}${String(i + 1)} `, "quiet"),
    span(name, name === view ? "tab" : "bar"),
  ]);
  const used = names.reduce((sum, { text }) => sum + text.length, 0);
  const left = columns - used - 2;
  const shown = left >= 10 ? cutTo(source, left) : { text: "", width: 0 };
  return line(
    ...names,
    " ".repeat(Math.max(0, columns - used - shown.width)),
    span(shown.text, "quiet"),
  );
}

interface Body {
  readonly about: Line;
  readonly lines: readonly Line[];
}

function bodyOf(state: State, contents: Contents, { columns, rows }: Size): Body {
  const width = listWidth(state, columns);
  const top = topOf(state, contents, width);
  if ("text" in top) return textBody(state, top.text, top.title, rows);
  const body = listBody(state, top.list, { columns: width, rows });
  return hasPreview(state, columns)
    ? {
        ...body,
        lines: beside(
          body.lines,
          preview(state, contents, top.list, columns - width - 3),
          width,
          rows,
        ),
      }
    : body;
}

function listBody(state: State, list: List, { columns, rows }: Size): Body {
  const { cursor, top, filter } = spotOf(state);
  const page = Math.max(1, rows - list.heading.length);
  const shown = Array.from({ length: Math.min(page, Math.max(0, list.count - top)) }, (_, i) => {
    const index = top + i;
    const row = fit(pointed(list.row(index, columns), index === cursor), columns);
    return index === cursor ? { ...row, chosen: true } : row;
  });
  const position = list.count === 0 ? "" : `${thousands(cursor + 1)}/${thousands(list.count)} · `;
  const filtered = filter === "" ? "" : `filter: ${filter} · `;
  return {
    about: line(span(`${position}${filtered}${list.about}`, "quiet")),
    lines:
      list.count === 0
        ? [blank, ...folded(list.empty, columns - 2, 2).map((text) => line("  ", text.trimStart()))]
        : [...list.heading, ...shown],
  };
}

/** The row with the cursor is told by a mark too, for where reversal is not seen. */
function pointed(row: Line, isChosen: boolean): Line {
  const [first, ...rest] = row.spans;
  if (!isChosen || !first) return row;
  return first.text.startsWith(" ")
    ? { spans: [{ ...first, text: `>${first.text.slice(1)}` }, ...rest] }
    : { spans: [span(">", "title"), ...row.spans] };
}

function textBody(state: State, text: readonly Line[], title: string, rows: number): Body {
  const { cursor, left, filter } = spotOf(state);
  const last = Math.min(text.length, cursor + rows);
  const percent =
    text.length <= rows ? "all" : `${String(Math.floor((last / text.length) * 100))} %`;
  const wanted = filter.toLowerCase();
  const shown = text.slice(cursor, last).map((one) => {
    const isMatch = wanted !== "" && textOf(one).toLowerCase().includes(wanted);
    const moved = left === 0 ? one : { spans: [span(textOf(one).slice(left))] };
    return isMatch ? { ...moved, chosen: true } : moved;
  });
  const search = filter === "" ? "" : ` · search: ${filter}`;
  return { about: line(span(`${title} · ${percent}${search}`, "quiet")), lines: shown };
}

/** What the cursor is on, as far as there is room. */
function preview(state: State, contents: Contents, list: List, width: number): readonly Line[] {
  const page = list.pageAt(spotOf(state).cursor);
  if (page?.type !== "finding") return [];
  return findingPage({ ...contents, objectText: () => undefined }, page.fingerprint, width);
}

function beside(
  left: readonly Line[],
  right: readonly Line[],
  width: number,
  rows: number,
): readonly Line[] {
  return Array.from({ length: rows }, (_, i) => {
    const one = fit(left[i] ?? blank, width);
    const spans = one.chosen ? one.spans.map(({ text }) => span(text, "tab")) : one.spans;
    return line(...spans, span(" │ ", "frame"), ...(right[i]?.spans ?? []));
  });
}

function bottom({ prompt, notice, pages }: State, columns: number): Line {
  if (prompt) {
    const question = { filter: "/", reason: "reason: ", file: "write report to: " }[prompt.asks];
    return line(span(question, "title"), prompt.text, span(" ", "tab"));
  }
  if (notice !== "") return line(span(notice, "title"));
  const hints = bindings.flatMap((binding) =>
    "hint" in binding ? [{ key: binding.keys[0], does: binding.hint }] : [],
  );
  const all = pages.length > 0 ? [{ key: "esc", does: "back" }, ...hints] : hints;
  return line(
    ...fitting(all, columns).flatMap(({ key, does }) => [
      span(` ${key} `, "title"),
      span(does, "quiet"),
    ]),
  );
}

interface Hint {
  readonly key: string;
  readonly does: string;
}

/** Those for which there is room; help and the way out are the last, and stay. */
function fitting(hints: readonly Hint[], columns: number): readonly Hint[] {
  const widthOf = ({ key, does }: Hint) => key.length + does.length + 2;
  const kept = hints.slice(-2);
  let room = columns - kept.reduce((sum, one) => sum + widthOf(one), 0);
  const shown = hints.slice(0, -2).filter((one) => {
    room -= widthOf(one);
    return room >= 0;
  });
  return [...shown, ...kept];
}
