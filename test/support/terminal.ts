import { execFileSync, spawnSync } from "node:child_process";

/** Why there is no terminal to test in; undefined where there is one. */
export const noTerminal: string | undefined =
  spawnSync("tmux", ["-V"], { stdio: "ignore" }).status === 0
    ? undefined
    : "there is no tmux on the PATH";

export interface Terminal {
  /** Types text, as it is. */
  type(text: string): void;
  /** Keys as tmux names them: Enter, Escape, C-c, Down. */
  keys(...names: readonly string[]): void;
  /** Waits until the visible text fits and stays so, and gives it. */
  shows(pattern: RegExp): Promise<string>;
  resize(columns: number, rows: number): void;
  tmux(...args: readonly string[]): string;
  close(): void;
}

let opened = 0;

/** A shell in a real terminal of its own. `patience`: milliseconds that it waits for something to be shown. */
export function openTerminal(
  cwd: string,
  [columns, rows]: readonly [number, number],
  env: Readonly<Record<string, string>> = {},
  patience = 25_000,
): Terminal {
  const socket = `knative-certs-${String(process.pid)}-${String(opened++)}`;
  const tmux = (...args: readonly string[]): string =>
    execFileSync("tmux", ["-L", socket, "-f", "/dev/null", ...args], {
      cwd,
      encoding: "utf8",
      env: { ...process.env, ...env, CI: undefined, NO_COLOR: undefined, TMUX: undefined },
    });
  tmux("new-session", "-d", "-x", String(columns), "-y", String(rows), "env PS1='$ ' sh");
  tmux("set-option", "-s", "set-clipboard", "on");
  const screen = (): string => tmux("capture-pane", "-p");
  return {
    tmux,
    type: (text) => void tmux("send-keys", "-l", text),
    keys: (...names) => void tmux("send-keys", ...names),
    resize: (width, height) =>
      void tmux("resize-window", "-x", String(width), "-y", String(height)),
    async shows(pattern) {
      const end = Date.now() + patience;
      let before = "";
      for (;;) {
        const text = screen();
        if (text === before && pattern.test(text)) return text;
        before = text;
        if (Date.now() > end) throw new Error(`never shows ${String(pattern)}, but\n${text}`);
        await new Promise((resolve) => {
          setTimeout(resolve, 100);
        });
      }
    },
    close: () => {
      spawnSync("tmux", ["-L", socket, "kill-server"], { stdio: "ignore" });
    },
  };
}
