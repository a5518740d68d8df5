import type { Contents } from "./contents.ts";
import type { Late } from "./late.ts";
import type { State } from "./state.ts";

/** What is on the screen and has to be worked out still. */
export function neededBy({ view, pages }: State, contents: Contents): Late<unknown> | undefined {
  const page = pages.at(-1)?.page;
  const needed =
    page?.type === "finding" ? handshakesOf(page.fingerprint, contents) : lateOf(view, contents);
  return needed?.value() === undefined ? needed : undefined;
}

function lateOf(view: State["view"], contents: Contents): Late<unknown> | undefined {
  switch (view) {
    case "handshakes":
      return contents.handshakes;
    case "timeline":
      return contents.timeline;
    case "rotation":
      return contents.rotations;
    default:
      return undefined;
  }
}

/** Their chains are part of the page. */
function handshakesOf(fingerprint: string, { listing, handshakes }: Contents) {
  const finding = listing.byFingerprint.get(fingerprint);
  return finding && finding.handshakes.length > 0 ? handshakes : undefined;
}
