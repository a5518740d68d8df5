import type { Handshake } from "../../trust/handshake.ts";

/** Something that happens, in the order in which it is due. */
export interface Happening {
  /** RFC 3339. */
  readonly at: string;
  /** renewal, re-key, failed renewal, sync, failed sync, reload, apply, expiry. */
  readonly type: string;
  /** "Certificate/shop/serving-certs". */
  readonly object: string;
  readonly effect: string;
}

/** The handshakes after an event. */
export interface Moment {
  /** Index of the event; null for the start. */
  readonly after: number | null;
  /** RFC 3339. */
  readonly at: string;
  /** At the start and after given events all of them; else those whose verdict is another one than before. */
  readonly handshakes: readonly Handshake[];
}

/** A handshake that holds no longer. */
export interface Broken {
  /** RFC 3339: the earliest time. */
  readonly at: string;
  readonly handshake: Handshake;
  /** How many endpoints of the same kind break at the same time, this one included. */
  readonly alike: number;
  /** What leads there, in order. */
  readonly because: readonly string[];
  /** The change that keeps it from happening. */
  readonly prevent: string;
  /** "some": only in some orders of what is due at the same instant. */
  readonly orders: "all" | "some";
}

export interface Forecast {
  /** RFC 3339. */
  readonly from: string;
  readonly until: string;
  readonly events: readonly Happening[];
  readonly states: readonly Moment[];
  /** The first break of each kind of handshake, in the order of time. */
  readonly broken: readonly Broken[];
  readonly firstBroken: Broken | null;
  /** What was taken for granted, and what could not be foreseen. */
  readonly assumptions: readonly string[];
}
