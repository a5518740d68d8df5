import type { LocatedReport } from "../rule/report.ts";
import type { WorldHandshakes } from "../show/endpoints.ts";

export interface ReportOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Lists every consequence and every subject that was not evaluated. */
  readonly all: boolean;
  /** Prints the stack of a rule that crashed. */
  readonly debug: boolean;
  readonly toolVersion: string;
  /** The address of the page of a rule. */
  readonly helpUrl: (code: string) => string;
  /** The page of a rule as Markdown; "" where there is none. */
  readonly ruleHelp: (code: string) => string;
  /** The handshakes of each world, where they are known. */
  readonly handshakes?: () => readonly WorldHandshakes[];
}

interface Format {
  readonly render: (report: LocatedReport, options: ReportOptions) => string;
}

/** The formats of a report, each loaded only when it is asked for. */
export const formats = {
  text: (): Promise<Format> => import("./text.ts"),
  json: (): Promise<Format> => import("./json.ts"),
  sarif: (): Promise<Format> => import("./sarif.ts"),
  github: (): Promise<Format> => import("./github.ts"),
  junit: (): Promise<Format> => import("./junit.ts"),
  markdown: (): Promise<Format> => import("./markdown.ts"),
  html: (): Promise<Format> => import("./html/page.ts"),
  openreports: (): Promise<Format> => import("./openreports.ts"),
  prometheus: (): Promise<Format> => import("./prometheus.ts"),
} as const;

export const formatNames = Object.keys(formats).filter(isFormatName);

export type FormatName = keyof typeof formats;

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(formats, name);
}
