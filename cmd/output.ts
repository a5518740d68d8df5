import { writeFileSync } from "node:fs";
import type { ReportOptions } from "../src/report/options.ts";
import { formats } from "../src/report/formats.ts";
import type { LocatedReport } from "../src/rule/report.ts";
import type { Io } from "./io.ts";
import type { Output, ReportRequest } from "./request.ts";
import { helpUrl, pageOf } from "./pages.ts";
import { UserError } from "./user-error.ts";
import { version } from "./version.ts";

export const plainWidth = 100;

/** What a report shows beside the findings. */
export type Beside = Pick<ReportOptions, "handshakes">;

/** Writes the report in every format that was asked for; only one of them goes to standard output. */
export async function writeReport(
  report: LocatedReport,
  request: ReportRequest,
  io: Io,
  beside: Beside = {},
): Promise<void> {
  for (const output of request.outputs) {
    const text = await rendered(report, output, request, io, beside);
    if (output.file === undefined) io.out(text);
    else save(output.file, text);
  }
}

/** The report in one format, as it goes to a file or to standard output. */
export async function rendered(
  report: LocatedReport,
  { format, file }: Output,
  { color, all, debug }: ReportRequest,
  io: Io,
  beside: Beside = {},
): Promise<string> {
  const pages = format === "sarif" ? await pageOf() : undefined;
  const { render } = await formats[format]();
  const ruleHelp = (code: string) => pages?.(code) ?? "";
  return render(report, { ...optionsFor({ color, all, debug }, file, io), ruleHelp, ...beside });
}

/** A file is as wide as any, and has no colours. */
export function optionsFor(
  { color, all, debug }: Pick<ReportRequest, "color" | "all" | "debug">,
  file: string | undefined,
  io: Io,
): ReportOptions {
  return {
    width: file === undefined ? (io.columns ?? plainWidth) : plainWidth,
    color: file === undefined && wantsColor(color, io),
    all,
    debug,
    toolVersion: version,
    helpUrl,
    ruleHelp: () => "",
  };
}

export function save(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UserError(
      `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** NO_COLOR and FORCE_COLOR as no-color.org and force-color.org have them; a dumb terminal or a pipe gets none. */
export function wantsColor(
  wish: "auto" | "always" | "never",
  { env, columns }: Pick<Io, "env" | "columns">,
): boolean {
  if (wish !== "auto") return wish === "always";
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"] !== undefined)
    return env["FORCE_COLOR"] !== "0" && env["FORCE_COLOR"] !== "false";
  return columns !== undefined && env["TERM"] !== "dumb";
}
