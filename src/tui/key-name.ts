import type { Key } from "ink";
import type { Pressed } from "./keys.ts";

const named = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageDown", "pagedown"],
  ["pageUp", "pageup"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "esc"],
  ["backspace", "backspace"],
  ["delete", "backspace"],
] as const satisfies readonly (readonly [keyof Key, string])[];

/** The keys that an event of Ink stands for: several where they were typed faster than they were read. */
export function pressedOf(input: string, key: Key): readonly Pressed[] {
  if (key.tab) return [{ name: key.shift ? "shift+tab" : "tab", text: "" }];
  const name = named.find(([flag]) => key[flag])?.[1];
  if (name !== undefined) return [{ name, text: "" }];
  if (key.ctrl) return [{ name: `ctrl+${input}`, text: "" }];
  if (key.meta) return [];
  return Array.from(input, (text) => ({
    name: text === " " ? "space" : nameOf(text),
    text: typable(text),
  }));
}

function nameOf(text: string): string {
  if (text === "\r" || text === "\n") return "enter";
  return text === "\t" ? "tab" : text;
}

function typable(text: string): string {
  return /\p{C}/u.test(text) ? "" : text;
}
