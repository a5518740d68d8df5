import type { Ask, Source } from "../model/fact.ts";
import { servingDialogs, type Dialog, type Draft } from "./dialogs.ts";
import type { Endpoint } from "./endpoints.ts";
import { eventingDialogs } from "./eventing.ts";
import type { Case } from "./judge.ts";
import { presentedBy, type Presented } from "./presented.ts";
import { stores } from "./stores/fact.ts";
import type { TrustStore } from "./stores/store.ts";
import { throughActivator } from "./through-activator.ts";

interface Known {
  /** The handshakes of everything, where `source` is a part of it. */
  readonly whole?: () => readonly Draft[];
  /** The cases of an endpoint from before, where they are as they were. */
  readonly standing?: (endpoint: Endpoint) => readonly Case[] | undefined;
}

/** Every handshake with what its verdict rests on, but for the time; an endpoint is looked into once. */
export function casesOf(
  source: Source,
  ask: Ask,
  { whole, standing }: Known = {},
): readonly Case[] {
  const presented = new Map<Endpoint, Presented>();
  const shownBy = (endpoint: Endpoint) => {
    const known = presented.get(endpoint) ?? presentedBy(source, ask, endpoint);
    presented.set(endpoint, known);
    return known;
  };
  const serving = servingDialogs(source, ask);
  const drafts = [...serving, ...eventingDialogs(source, ask)].flatMap((one) =>
    throughActivator(one, shownBy, whole ?? (() => serving)),
  );
  const own = drafts.find(({ target }) => target.role === "activator")?.target;
  const stopped = own && neverStarts(source, own, shownBy(own));
  const all = ask(stores).map((store) =>
    store.readsBinaryData ? store : { ...store, broken: store.broken ?? stopped },
  );
  const made = new Map<Endpoint, number>();
  return drafts.map((draft) => {
    const nth = made.get(draft.target) ?? 0;
    made.set(draft.target, nth + 1);
    const old = standing?.(draft.target)?.[nth];
    if (old) return old;
    // The spread at the end, as in Link.
    const dialog: Dialog = { serverNames: namesIn(draft), ...draft };
    return { dialog, store: storeOf(all, dialog), presented: shownBy(dialog.target) };
  });
}

function namesIn({ names: { hosts, exactly, anyOf } }: Draft): readonly string[] {
  return [...hosts, ...(exactly === undefined ? [] : [exactly]), ...anyOf];
}

function storeOf(all: readonly TrustStore[], { dialer }: Dialog): TrustStore | undefined {
  return all.find(({ holder }) => holder.component === dialer.component);
}

/** No dialer of Serving starts without routing-serving-certs, so none will where that is never issued. */
function neverStarts(
  source: Source,
  { secret }: Endpoint,
  presented: Presented,
): TrustStore["broken"] {
  if (!secret || presented.state !== "fails") return undefined;
  if (source.find("Secret", secret.namespace, secret.name)) return undefined;
  const text = `Secret ${secret.namespace}/${secret.name}: ${presented.reason.text}`;
  const { about } = presented.reason;
  return {
    verdict: "fails",
    reason: { code: "dialer-cannot-start", text, ...(about && { about }) },
  };
}
