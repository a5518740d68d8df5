import { thousands } from "../model/thousands.ts";
/** "a", "a and b", "a, b and c". */
export function sentence(words: readonly string[]): string {
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

/** The first three, and how many more there are: "bank, shop, stock and 4,997 more". */
export function examples(words: readonly string[]): string {
  if (words.length <= 4) return sentence(words);
  return sentence([...words.slice(0, 3), `${thousands(words.length - 3)} more`]);
}
