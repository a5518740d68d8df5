import type { Contents } from "./contents.ts";
import type { Effect } from "./effect.ts";
import type { Size } from "./frame.ts";
import type { State } from "./state.ts";

export interface Around {
  readonly contents: Contents;
  readonly size: Size;
}

export interface Step {
  readonly state: State;
  readonly effect?: Effect;
}
