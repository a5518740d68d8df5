import { findingOnTop } from "./on-top.ts";
import type { Pressed } from "./keys.ts";
import { moveTo, nextFinding } from "./move.ts";
import { spotOf, start, withSpot, type Prompt, type State } from "./state.ts";
import type { Around, Step } from "./around.ts";

const longest = 1000;

/** What a key does while the user is asked for a line of text. */
export function typed(state: State, prompt: Prompt, key: Pressed, around: Around): Step {
  switch (key.name) {
    case "enter":
      return answered({ ...state, prompt: undefined }, prompt, around);
    case "esc":
    case "ctrl+c":
      return { state: changed({ ...state, prompt: undefined }, prompt, prompt.before, around) };
    case "backspace":
      return prompt.text === ""
        ? { state: { ...state, prompt: undefined } }
        : { state: write(state, prompt, prompt.text.slice(0, -1), around) };
    case "ctrl+u":
      return { state: write(state, prompt, "", around) };
    case "ctrl+w":
      return { state: write(state, prompt, prompt.text.replace(/\S*\s*$/, ""), around) };
    case "down":
    case "up":
      return prompt.asks === "filter"
        ? { state, ...moveTo(state, spotOf(state).cursor + (key.name === "down" ? 1 : -1), around) }
        : { state };
    default:
      return { state: write(state, prompt, prompt.text + key.text, around) };
  }
}

function write(state: State, prompt: Prompt, text: string, around: Around): State {
  const cut = text.slice(0, longest);
  return changed({ ...state, prompt: { ...prompt, text: cut } }, prompt, cut, around);
}

/** A filter works while it is typed. */
function changed(state: State, { asks }: Prompt, text: string, around: Around): State {
  if (asks !== "filter" || text === spotOf(state).filter) return state;
  const isPage = state.pages.length > 0;
  const searched = withSpot(state, isPage ? { filter: text } : { ...start, filter: text });
  if (isPage) return searched;
  return moveTo(searched, state.view === "findings" ? 1 : 0, around).state ?? searched;
}

function answered(state: State, { asks, text }: Prompt, around: Around): Step {
  switch (asks) {
    case "filter":
      return state.pages.length > 0 && text !== "" ? firstMatch(state, around) : { state };
    case "file":
      return text.trim() === ""
        ? { state }
        : { state: { ...state, notice: "Writing…" }, effect: { type: "save", file: text.trim() } };
    case "reason": {
      const finding = findingOnTop(state, around);
      if (!finding) return { state };
      if (text.trim() === "")
        return { state: { ...state, notice: "Nothing was suppressed: it needs a reason." } };
      const { code, subject } = finding;
      return {
        state: { ...state, notice: "Writing…" },
        effect: { type: "suppress", rule: code, subject, reason: text.trim() },
      };
    }
  }
}

/** The first match in sight or below it, or else the first one of all. */
function firstMatch(state: State, around: Around): Step {
  const { cursor } = spotOf(state);
  const below = nextFinding(withSpot(state, { cursor: cursor - 1 }), 1, around);
  if (below.state && below.state.notice === "") return { state: below.state };
  const found = nextFinding(withSpot(state, { cursor: -1 }), 1, around).state;
  return found && found.notice === ""
    ? { state: found }
    : { state: { ...state, notice: "There is no match." } };
}
