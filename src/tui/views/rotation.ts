import { emptyList, type List } from "./view.ts";

/** The nine steps of a rotation, where it stands, and the next action. */
export function rotationList(): List {
  return emptyList("rotation", "Where a rotation stands was not worked out in what was analysed.");
}
