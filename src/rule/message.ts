/** One thing that a rule can say; `{slots}` are filled with the data of the finding. */
export interface Message {
  /** The fault in one sentence. */
  readonly says: string;
  /** What it breaks. */
  readonly breaks?: string;
  /** The smallest change that mends it. */
  readonly fix?: string;
}

type SlotsIn<Text extends string> = Text extends `${string}{${infer Slot}}${infer Rest}`
  ? Slot | SlotsIn<Rest>
  : never;
type TextOf<M, Key extends string> =
  M extends Readonly<Record<Key, infer Text extends string>> ? SlotsIn<Text> : never;

export type Slots<M extends Message> = TextOf<M, "says"> | TextOf<M, "breaks"> | TextOf<M, "fix">;

export type Data<M extends Message> = Readonly<Record<Slots<M>, string | number>>;

/** Fills `{slot}` from `data`; a slot without data stays as it is. */
export function fill(template: string, data: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, slot: string) =>
    Object.hasOwn(data, slot) ? String(data[slot]) : whole,
  );
}
