import type { Ask, Source } from "../model/fact.ts";
import { alone, dialledInServing, type Dialog, type Draft } from "./dialogs.ts";
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
  const serving = dialledInServing(source, ask);
  const own = serving.find(
    ({ target, drafts }) => target.role === "activator" && drafts().length > 0,
  );
  const stopped = own && neverStarts(source, own.target, shownBy(own.target));
  const all = ask(stores).map((store) =>
    store.readsBinaryData ? store : { ...store, broken: store.broken ?? stopped },
  );
  const everything = whole ?? (() => serving.flatMap(({ drafts }) => drafts()));
  const caseOf = (draft: Draft): Case => {
    const dialog = { ...draft, serverNames: namesIn(draft) };
    return { dialog, store: storeOf(all, dialog), presented: shownBy(draft.target) };
  };
  return [...serving, ...eventingDialogs(source, ask).map(alone)].flatMap(
    ({ target, drafts }) =>
      standing?.(target) ??
      drafts()
        .flatMap((one) => throughActivator(one, shownBy, everything))
        .map(caseOf),
  );
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
