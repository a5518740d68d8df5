import { list } from "../model/json.ts";
import type { Inventory } from "../model/inventory.ts";
import { everyKind } from "../model/kinds.ts";
import { at, refOf, type KubeObject } from "../model/object.ts";
import type { WrittenSuppression } from "./suppress.ts";

const ignoreAnnotation = "knative-certs.dev/ignore";

/** Suppressions on objects: `knative-certs.dev/ignore: "KC401 until=2027-01-31 reason=..."`, one a line. */
export function annotatedSuppressions(inventory: Inventory): readonly WrittenSuppression[] {
  return everyKind.flatMap((kind) =>
    inventory
      .all(kind)
      .filter(isWrittenByUsers)
      .flatMap((object) => parse(object, inventory.world)),
  );
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
