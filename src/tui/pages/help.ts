import { bindings } from "../keys.ts";
import { blank, column, folded, line, span, type Line } from "../line.ts";
import { facetNames } from "../query.ts";

/** All keys. */
export function helpPage(width: number): readonly Line[] {
  const room = Math.min(30, Math.floor(width / 3));
  return [
    line(span("Keys", "title")),
    line(column("1 to 5", room, "title"), "open a view"),
    ...bindings.flatMap(({ keys, does }) =>
      folded(does, width, room).map((text, i) =>
        i === 0 ? line(column(keys.join(" "), room - 1, "title"), " ", text) : line(text),
      ),
    ),
    blank,
    line(span("Filter", "title")),
    ...folded(
      `All words must be in a finding. ${facetNames.map((name) => `${name}:`).join(" ")} look at one field, as in ns:shop rule:KC2. Accepted findings show with is:suppressed or is:baseline.`,
      width,
      0,
    ).map((text) => line(text)),
  ];
}
