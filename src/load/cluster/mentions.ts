import type { KubeObject } from "../../model/object.ts";
import { mentionedIn } from "./narrowing.ts";

/** Which names the objects of a cluster mention, kept up to date with each of them. */
export interface Mentions {
  readonly has: (name: string) => boolean;
  /** Puts one object in the place of another; says which names nothing mentioned before. */
  readonly replace: (old: KubeObject | undefined, by: KubeObject | undefined) => readonly string[];
}

export function mentionsOf(objects: Iterable<KubeObject>): Mentions {
  const counts = new Map<string, number>();
  const add = (name: string) => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return count === 0;
  };
  const drop = (name: string) => {
    const count = counts.get(name) ?? 0;
    if (count > 1) counts.set(name, count - 1);
    else counts.delete(name);
  };
  const replace: Mentions["replace"] = (old, by) => {
    const fresh = by ? [...mentionedIn([by])].filter(add) : [];
    if (old) for (const name of mentionedIn([old])) drop(name);
    return fresh;
  };
  for (const object of objects) replace(undefined, object);
  return { has: (name) => counts.has(name), replace };
}
