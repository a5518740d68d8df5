import picocolors from "picocolors";
import type { Severity } from "../rule/finding.ts";

/** What the parts of the text report look like. */
export interface Paint {
  readonly severity: Readonly<Record<Severity, (text: string) => string>>;
  readonly title: (text: string) => string;
  readonly frame: (text: string) => string;
  readonly caret: (text: string) => string;
  readonly quiet: (text: string) => string;
}

export function paintOf(color: boolean): Paint {
  const { red, yellow, cyan, bold, blue, dim } = picocolors.createColors(color);
  return {
    severity: {
      error: (text) => bold(red(text)),
      warning: (text) => bold(yellow(text)),
      info: (text) => bold(cyan(text)),
    },
    title: bold,
    frame: blue,
    caret: (text) => bold(red(text)),
    quiet: dim,
  };
}
