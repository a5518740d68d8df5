import type { Changes } from "./changes.ts";
import type { Inventory } from "./inventory.ts";
import type { Kind } from "./kinds.ts";

/** What a fact may use; the engine hands in one that refuses kinds which the fact does not declare. */
export type Source = Inventory;

/** Something derived from objects once per inventory, such as the effective configuration or every demand. */
export interface Fact<T> {
  readonly name: string;
  /** The kinds read by `derive` itself. */
  readonly reads: readonly Kind[];
  /** The facts read by `derive`. */
  readonly from: readonly Fact<unknown>[];
  /** With `before` it may take over from there what has not changed; it gives the same value without. */
  derive(source: Source, ask: Ask, before?: Before<T>): T;
  readonly byNamespace?: ByNamespace<T>;
}

/** For a fact that is asked about one namespace at a time: who asks need not hear of changes in others. */
interface ByNamespace<T> {
  /** The value, telling of each namespace that it is asked about. */
  watched(value: T, asked: (namespace: string) => void): T;
  /** True where both say the same of every namespace in which nothing has changed. */
  isAlike(old: T, now: T): boolean;
}

/** What the fact was for the same world a moment ago, and what has changed since then of the kinds that it reads. */
export interface Before<T> {
  readonly value: T;
  readonly changes: Changes;
}

/** Gives the value of another fact for the same inventory. */
export type Ask = <T>(fact: Fact<T>) => T;

export function defineFact<T>(fact: Fact<T>): Fact<T> {
  return fact;
}
