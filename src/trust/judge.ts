import type { Source } from "../model/fact.ts";
import type { Dialog } from "./dialogs.ts";
import type { Handshake, Reason } from "./handshake.ts";
import { presentedBy } from "./presented.ts";

/** Decides one handshake at a time. */
export function judge(source: Source, dialog: Dialog, _now: Date): Handshake {
  const { dialer, endpoint, target, names, settled } = dialog;
  const row = {
    dialer,
    endpoint,
    presents: target.secret ?? null,
    serverNames: [
      ...names.hosts,
      ...(names.exactly === undefined ? [] : [names.exactly]),
      ...names.anyOf,
    ],
    until: null,
    chain: [],
    tried: [],
    note: null,
  };
  if (settled) return { ...row, ...settled };
  const presented = presentedBy(source, target);
  if (presented.state !== "presented")
    return { ...row, verdict: presented.state, reason: presented.reason };
  return { ...row, verdict: "unknown", reason: notVerified };
}

const notVerified: Reason = {
  code: "unknown-authority",
  text: "this version does not verify certificates yet",
};
