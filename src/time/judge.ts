import { nameOf } from "../model/object.ts";
import { casesOf } from "../trust/cases.ts";
import { servingDialogs } from "../trust/dialogs.ts";
import type { Handshake } from "../trust/handshake.ts";
import { judge, type Case } from "../trust/judge.ts";
import { stores } from "../trust/stores/fact.ts";
import type { TrustStore } from "../trust/stores/store.ts";
import { makeDecide } from "../trust/verdict/decide.ts";
import { presented } from "./certificates.ts";
import { holderOf } from "./judged.ts";
import { seenBy, storesKey, type State } from "./state.ts";
import { asking, inventoryOf, type World } from "./world.ts";

/**
 * Judges the handshakes that a world has, in many states of it: which handshakes there are stays the same, so that
 * only the stores and the certificates that are presented are read again. `rowsAt` gives the same, slowly.
 */
export function quickJudge(base: World, isWanted: (row: Case["dialog"]) => boolean) {
  const inventory = inventoryOf(base);
  const whole = () => servingDialogs(base.origin, asking(base.origin));
  const cases = casesOf(inventory, asking(inventory), { whole }).filter(({ dialog }) =>
    isWanted(dialog),
  );
  const decide = makeDecide();
  const known = new Map<string, Judged>();
  const storesOf = new Map<string, readonly TrustStore[]>();

  function storesIn(world: World): readonly TrustStore[] {
    const key = storesKey(world);
    const found = storesOf.get(key) ?? asking(inventoryOf(world))(stores);
    storesOf.set(key, found);
    return found;
  }

  return (state: State, now: number): readonly Handshake[] =>
    cases.map((one, i) => {
      const here = caseIn(one, state, storesIn);
      const key = `${String(i)} ${keyOf(here)}`;
      const before = known.get(key);
      if (before && stillSo(before, now)) return before.row;
      const row = judge(here, new Date(now), decide);
      known.set(key, { row, since: now });
      return row;
    });
}

interface Judged {
  readonly row: Handshake;
  /** For which time it was judged. */
  readonly since: number;
}

/** A verdict on the same certificates changes by nothing but time. */
function stillSo({ row, since }: Judged, now: number): boolean {
  if (now === since) return true;
  if (now < since || row.verdict === "unknown") return false;
  if (row.verdict === "holds") return row.until !== null && now <= Date.parse(row.until);
  return row.reason?.code !== "expired" && row.reason?.code !== "not-yet-valid";
}

function caseIn(one: Case, state: State, storesIn: (world: World) => readonly TrustStore[]): Case {
  const { dialog, store } = one;
  const trusted = storesIn(seenBy(state, [holderOf(dialog.dialer)]));
  const now = trusted.find(({ holder }) => holder.component === dialog.dialer.component);
  return {
    dialog,
    store: now && { ...now, broken: now.broken ?? store?.broken },
    presented: presentedIn(one, state),
  };
}

function presentedIn({ dialog, presented: before }: Case, state: State): Case["presented"] {
  const { secret } = dialog.target;
  if (!secret || before.state !== "presented") return before;
  const name = nameOf(secret);
  const held = state.held.get(holderOf(dialog.endpoint))?.get(name);
  const object = held ? held.object : state.world.objects.get(name);
  const [leaf, ...others] = object ? presented(object, "tls.crt") : [];
  return leaf ? { ...before, leaf, others } : before;
}

function keyOf({ store, presented: shown }: Case): string {
  const chain =
    shown.state === "presented"
      ? [shown.leaf, ...shown.others].map(({ fingerprint }) => fingerprint).join()
      : shown.reason.text;
  const trust = store
    ? `${store.certificatesKey} ${store.open ?? ""} ${store.broken?.reason.text ?? ""}`
    : "";
  return `${chain} ${trust}`;
}
