import type { Location } from "../model/location.ts";
import { nameOf } from "../model/object.ts";
import type { LocatedFinding } from "../rule/report.ts";
import { spot as spotText } from "../show/spot.ts";
import { inert } from "../show/inert.ts";
import { listWidth } from "./frame.ts";
import { textOf } from "./line.ts";
import { spotOf, type State } from "./state.ts";
import type { Around } from "./around.ts";
import { topOf } from "./top.ts";

/** The finding that is open, or that the cursor is on. */
export function findingOnTop(state: State, { contents, size }: Around): LocatedFinding | undefined {
  const open = state.pages.findLast(({ page }) => page.type === "finding")?.page;
  const top = topOf(state, contents, listWidth(state, size.columns));
  const under = "list" in top ? top.list.pageAt(spotOf(state).cursor) : undefined;
  const page = under?.type === "finding" ? under : open;
  return page?.type === "finding"
    ? contents.listing.byFingerprint.get(page.fingerprint)
    : undefined;
}

export function placeOnTop(state: State, around: Around): Location | undefined {
  const location = findingOnTop(state, around)?.location ?? undefined;
  return location?.rendered || location?.file === "-" ? undefined : location;
}

const longest = 64 * 1024;

/** What `y` copies: the finding under the cursor in a few lines, else the text on top. */
export function copied(state: State, around: Around): string {
  const { contents, size } = around;
  const top = topOf(state, contents, listWidth(state, size.columns));
  if ("text" in top)
    return top.text
      .map((one) => inert(textOf(one)))
      .join("\n")
      .slice(0, longest);
  const finding = findingOnTop(state, around);
  if (!finding) return top.list.count > 0 ? inert(top.list.spoken(spotOf(state).cursor)) : "";
  const { severity, code, id, message, location, subject, consequence, remedy } = finding;
  return [
    `${severity} ${code} ${id}: ${message}`,
    location ? spotText(location) : nameOf(subject),
    ...(consequence === "" ? [] : [`breaks: ${consequence}`]),
    ...(remedy === "" ? [] : [`fix: ${remedy}`]),
  ]
    .map(inert)
    .join("\n");
}
