import type { Given } from "./contents.ts";
import type { Effect } from "./effect.ts";
import type { Store } from "./store.ts";

type Asks<T extends Effect["type"]> = Extract<Effect, { readonly type: T }>;

/** What the world outside does for the screen; each answers with what to say in the bottom line. */
export interface Host {
  readonly edit: (effect: Asks<"edit">) => Promise<string>;
  readonly suppress: (effect: Asks<"suppress">) => Promise<string>;
  readonly save: (effect: Asks<"save">) => Promise<string>;
  readonly refresh: () => Promise<Given>;
  /** Calls back with new contents whenever there are some; gives a function that ends it. */
  readonly watch?: (changed: (given: Given) => void) => () => void;
}

/** The parts of the terminal that effects need. */
export interface Outlet {
  readonly write: (text: string) => void;
  /** Hands the terminal to another program while `work` runs. */
  readonly suspend: (work: () => Promise<void>) => Promise<void>;
}

/** Does what a key asked for; what goes wrong is said in the bottom line. */
export async function perform(
  effect: Effect,
  store: Store,
  host: Host,
  { write, suspend }: Outlet,
): Promise<void> {
  const refresh = async (notice: string): Promise<void> => {
    store.replace(await host.refresh());
    store.say(notice);
  };
  try {
    switch (effect.type) {
      case "copy":
        write(clipboard(effect.text));
        break;
      case "edit": {
        let notice = "";
        await suspend(async () => {
          notice = await host.edit(effect);
        });
        await refresh(notice);
        break;
      }
      case "suppress":
        await refresh(await host.suppress(effect));
        break;
      case "save":
        store.say(await host.save(effect));
        break;
      case "refresh":
        await refresh("Read and checked again.");
        break;
    }
  } catch (error) {
    store.say(error instanceof Error ? error.message : String(error));
  }
}

/** OSC 52, which terminals and tmux put on the clipboard, over ssh too. */
function clipboard(text: string): string {
  return `\u001b]52;c;${Buffer.from(text, "utf8").toString("base64")}\u0007`;
}
