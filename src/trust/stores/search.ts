import type { Read } from "../readers/reading.ts";

/** How a component finds bundles: Serving by the key of the label, Eventing by its value and in `binaryData` too. */
export interface Search {
  readonly namespace: string;
  readonly selects: (value: string) => boolean;
  readonly binaryData: boolean;
  readonly read: Read;
}
