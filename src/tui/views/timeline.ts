import { emptyList, type List } from "./view.ts";

/** What expires, renews and re-keys, in the order in which it will happen. */
export function timelineList(): List {
  return emptyList("timeline", "There is no forecast in what was analysed.");
}
