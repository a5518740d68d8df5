import type { Sources } from "../src/load/sources.ts";
import type { Inventory } from "../src/model/inventory.ts";

/** What a command looks at, wherever it came from. */
export interface State {
  readonly inventories: readonly Inventory[];
  readonly sources: Sources;
  readonly documents: number;
  /** Something that the user named could not be read. */
  readonly unreadInput: boolean;
  /** When the state was as it is, where that is not now. */
  readonly takenAt: Date | undefined;
  /** Where kubectl would put what names no namespace. */
  readonly namespace: string | undefined;
  /** Says on standard error what the report does not. */
  readonly notice: () => void;
}
