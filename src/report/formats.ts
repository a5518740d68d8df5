import type { LocatedReport } from "../rule/report.ts";
import type { ReportOptions } from "./options.ts";

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
