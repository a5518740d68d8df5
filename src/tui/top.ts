import type { Contents } from "./contents.ts";
import type { Line } from "./line.ts";
import { keptLast } from "./once.ts";
import { eventPage } from "./pages/event.ts";
import { findingPage } from "./pages/finding.ts";
import { gapPage } from "./pages/gap.ts";
import { handshakePage } from "./pages/handshake.ts";
import { helpPage } from "./pages/help.ts";
import { rulePage } from "./pages/rule.ts";
import { spotOf, type Page, type State } from "./state.ts";
import { consequencesList } from "./views/consequences.ts";
import { coverageList } from "./views/coverage.ts";
import { facetsList } from "./views/facets.ts";
import { findingsList } from "./views/findings.ts";
import { handshakesList } from "./views/handshakes.ts";
import { rotationList } from "./views/rotation.ts";
import { timelineList } from "./views/timeline.ts";
import type { List, MakeList } from "./views/view.ts";

const views = {
  findings: findingsList,
  handshakes: handshakesList,
  timeline: timelineList,
  rotation: rotationList,
  coverage: coverageList,
} as const satisfies Record<State["view"], MakeList>;

/** What is on top: a list to choose from, or a text to read. */
export type Top =
  | { readonly list: List; readonly title: string }
  | { readonly text: readonly Line[]; readonly title: string };

export function topOf(state: State, contents: Contents, width: number): Top {
  const page = state.pages.at(-1)?.page;
  const context = { contents, state, spot: spotOf(state), width };
  if (!page) return { list: views[state.view](context), title: state.view };
  if (page.type === "facets") return { list: facetsList(context), title: "facets" };
  if (page.type === "consequences")
    return { list: consequencesList(context, page.fingerprint), title: "consequences" };
  return { text: textOfPage(page, contents, width), title: titleOf(page) };
}

/** The lines of a page; made once while one scrolls in it. */
const textOfPage = keptLast(write);

function write(page: Page, contents: Contents, width: number): readonly Line[] {
  switch (page.type) {
    case "finding":
      return findingPage(contents, page.fingerprint, width);
    case "rule":
      return rulePage(contents, page.code, width);
    case "handshake":
      return handshakePage(contents, page.key, width);
    case "gap":
      return gapPage(contents, page.why, width);
    case "help":
      return helpPage(width);
    case "event":
      return eventPage(contents, page.key, width);
    case "facets":
    case "consequences":
      return [];
  }
}

function titleOf(page: Page): string {
  switch (page.type) {
    case "rule":
      return `rule ${page.code}`;
    case "gap":
      return "not evaluated";
    default:
      return page.type;
  }
}
