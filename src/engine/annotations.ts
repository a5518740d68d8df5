import type { Changes } from "../model/changes.ts";
import { list } from "../model/json.ts";
import type { Inventory } from "../model/inventory.ts";
import { everyKind, type Kind } from "../model/kinds.ts";
import { at, refOf, type KubeObject } from "../model/object.ts";
import type { WrittenSuppression } from "./suppress.ts";

const ignoreAnnotation = "knative-certs.dev/ignore";

/** By kind of the object that they are written on. */
export type Annotated = ReadonlyMap<Kind, readonly WrittenSuppression[]>;

/**
 * Suppressions on objects: `knative-certs.dev/ignore: "KC401 until=2027-01-31 reason=..."`, one a line. Those of kinds
 * of which nothing has changed since `before` are taken from there.
 */
export function annotatedSuppressions(
  inventory: Inventory,
  before?: { readonly annotated: Annotated; readonly changes: Changes },
): Annotated {
  return new Map(
    everyKind.map((kind) => {
      const had = before?.changes.has(kind) ? undefined : before?.annotated.get(kind);
      return [kind, had ?? annotatedOn(inventory.all(kind), inventory.world)];
    }),
  );
}

function annotatedOn(objects: readonly KubeObject[], world: string): readonly WrittenSuppression[] {
  return objects.filter(isWrittenByUsers).flatMap((object) => parse(object, world));
}

/** What a controller makes carries its owner; an annotation there is a copy that nobody decided on. */
function isWrittenByUsers(object: KubeObject): boolean {
  return (
    object.annotations.has(ignoreAnnotation) &&
    list(object.raw, "metadata", "ownerReferences").length === 0
  );
}

function parse(object: KubeObject, world: string): readonly WrittenSuppression[] {
  const lines = (object.annotations.get(ignoreAnnotation) ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.map((line) => {
    const {
      rule = "",
      until,
      reason = "",
    } = /^(?<rule>\S+)(?:\s+until=(?<until>\S+))?(?:\s+reason=(?<reason>.*))?/.exec(line)?.groups ??
    {};
    return {
      rule,
      kind: undefined,
      namespace: undefined,
      name: undefined,
      reason: reason.trim(),
      until: until && endOfDay(until),
      place: at(object, ["metadata", "annotations", ignoreAnnotation]),
      object: refOf(object),
      world,
    };
  });
}

/** A bare date holds until that day ends, UTC. */
export function endOfDay(until: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(until) ? `${until}T23:59:59Z` : until;
}
