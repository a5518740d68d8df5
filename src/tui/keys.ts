/** A key as it arrives: its name, "down" or "j", and the text that it types, "" for none. */
export interface Pressed {
  readonly name: string;
  readonly text: string;
}

interface Binding {
  readonly command: string;
  readonly keys: readonly string[];
  /** For the help page. */
  readonly does: string;
  /** For the bottom line, with the first key; the most useful ones only. */
  readonly hint?: string;
}

/** Every command and its keys, as k9s and less have them. */
export const bindings = [
  { command: "down", keys: ["j", "down", "ctrl+n"], does: "one row down" },
  { command: "up", keys: ["k", "up", "ctrl+p"], does: "one row up" },
  { command: "right", keys: ["l", "right"], does: "unfold a group; in a text, go to the right" },
  { command: "left", keys: ["h", "left"], does: "fold a group; in a text, go to the left" },
  { command: "page down", keys: ["space", "pagedown", "ctrl+f", "ctrl+d"], does: "a page down" },
  { command: "page up", keys: ["b", "pageup", "ctrl+b", "ctrl+u"], does: "a page up" },
  { command: "first", keys: ["home", "g"], does: "to the first row" },
  { command: "last", keys: ["end", "G"], does: "to the last row" },
  { command: "open", keys: ["enter"], does: "open what the cursor is on", hint: "open" },
  { command: "back", keys: ["esc", "backspace"], does: "back; clears the filter of a list" },
  { command: "next view", keys: ["tab"], does: "the next view", hint: "next view" },
  { command: "previous view", keys: ["shift+tab"], does: "the view before" },
  { command: "filter", keys: ["/"], does: "filter a list, or search in a text", hint: "filter" },
  { command: "next", keys: ["n"], does: "the next finding, or the next match in a text" },
  { command: "previous", keys: ["N"], does: "the one before" },
  { command: "facets", keys: ["f"], does: "choose what to filter by, with counts", hint: "facets" },
  {
    command: "group",
    keys: ["o"],
    does: "order by severity, rule, namespace or object; zoom the timeline",
    hint: "order",
  },
  { command: "fold all", keys: ["z"], does: "fold or unfold all groups" },
  { command: "rule page", keys: ["p"], does: "the page of the rule", hint: "rule" },
  { command: "copy", keys: ["y"], does: "copy it to the clipboard (OSC 52)", hint: "copy" },
  { command: "edit", keys: ["e"], does: "open $EDITOR at the line", hint: "edit" },
  { command: "suppress", keys: ["s"], does: "accept the finding, with a reason", hint: "suppress" },
  { command: "save", keys: ["w"], does: "save a report: .html, .md, .json, .sarif, .txt, .xml" },
  { command: "refresh", keys: ["r", "ctrl+l"], does: "read and check everything again" },
  { command: "help", keys: ["?", "f1"], does: "this page", hint: "help" },
  { command: "quit", keys: ["q", "ctrl+c"], does: "leave", hint: "quit" },
] as const satisfies readonly Binding[];

export type Command = (typeof bindings)[number]["command"] | `view ${number}`;

const byKey = new Map<string, Command>(
  bindings.flatMap(({ command, keys }) => keys.map((key): [string, Command] => [key, command])),
);

export function commandOf({ name }: Pressed): Command | undefined {
  if (/^[1-9]$/.test(name)) return `view ${Number(name)}`;
  return byKey.get(name);
}
