import { statSync, type Stats } from "node:fs";

/** What lies at a path; undefined also where it leads in a circle, may not be looked at, or cannot be a path. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
