import { makeInventory, type Inventory } from "../../model/inventory.ts";
import { canonical, record } from "../../model/json.ts";
import { everyKind, type Kind } from "../../model/kinds.ts";
import { makeObject, nameOf, observed, type KubeObject } from "../../model/object.ts";
import { bundleSources, reads } from "../../model/trustmanager/bundle.ts";
import { trustManager } from "../../model/trustmanager/trust-manager.ts";
import { versions } from "../../model/versions.ts";
import { kindsBehind } from "../kinds.ts";
import { asking, objectsIn, worldOf, type World } from "../world.ts";
import { managerIn } from "./manager.ts";
import { isBehind, sync } from "./sync.ts";
import { askedBy, targetsOf, withoutFields } from "./targets.ts";

/**
 * A state after a change, with the targets that trust-manager writes then: those of every Bundle that was in step before.
 * Where nobody can tell what it writes, the Bundle is one that no cluster has acted on yet.
 */
export function withTargets(before: Inventory, after: Inventory, now: number): Inventory {
  const [was, is] = [seenBy(before), seenBy(after)];
  let world = is;
  const open: KubeObject[] = [];
  for (const bundle of after.all("Bundle")) {
    const old = before.find("Bundle", "", bundle.name);
    if (!old || !observed(bundle) || isBehind(was, old, now)) continue;
    const cleaned = withoutOld(world, old, bundle);
    const synced = sync(cleaned, bundle, now);
    if ("world" in synced) world = synced.world;
    else if (synced.isOpen && isTouched(was, old, is, bundle)) open.push(unobserved(bundle));
  }
  return world === is && open.length === 0 ? after : rebuilt(after, world, open);
}

/** What trust-manager looks at: of a large cluster that is little. */
function seenBy(inventory: Inventory): World {
  const { namespace } = asking(inventory)(trustManager);
  return worldOf(
    inventory,
    (object) =>
      kindsSeen.has(object.kind) && (object.kind !== "Secret" || object.namespace === namespace),
  );
}

const kindsSeen: ReadonlySet<Kind> = new Set<Kind>([
  "Bundle",
  "ConfigMap",
  "Namespace",
  "Secret",
  ...kindsBehind(trustManager),
  ...kindsBehind(versions),
]);

/** What the Bundle no longer asks of its targets, of which it alone knows. */
function withoutOld(world: World, old: KubeObject, bundle: KubeObject): World {
  const [had, has] = [askedBy(old), askedBy(bundle)];
  const key = had.key === has.key ? undefined : had.key;
  const labels = had.labels.filter((label) => !has.labels.includes(label));
  if (key === undefined && labels.length === 0) return world;
  return withoutFields(world, targetsOf(world, old), { key, labels });
}

/** True where the change touches what a Bundle says, or what it reads. */
function isTouched(was: World, old: KubeObject, is: World, bundle: KubeObject): boolean {
  if (canonical(old.raw["spec"] ?? {}) !== canonical(bundle.raw["spec"] ?? {})) return true;
  const [before, after] = [readBy(was, bundle), readBy(is, bundle)];
  return before.length !== after.length || before.some((one, i) => one !== after[i]);
}

function readBy(world: World, bundle: KubeObject): readonly KubeObject[] {
  const { namespace } = managerIn(world);
  const sources = bundleSources(bundle);
  return [...objectsIn(world, "ConfigMap"), ...objectsIn(world, "Secret")].filter(
    (object) => object.namespace === namespace && sources.some((source) => reads(source, object)),
  );
}

function unobserved({ raw, provenance }: KubeObject): KubeObject {
  const { uid: _uid, ...metadata } = record(raw, "metadata");
  return makeObject("Bundle", { ...raw, metadata }, provenance, "");
}

function rebuilt(after: Inventory, world: World, open: readonly KubeObject[]): Inventory {
  const names = new Set(open.map(nameOf));
  const objects = everyKind.flatMap((kind) =>
    kind === "ConfigMap"
      ? objectsIn(world, kind)
      : after.all(kind).filter((object) => !names.has(nameOf(object))),
  );
  return makeInventory({ ...after, objects: [...objects, ...open] });
}
