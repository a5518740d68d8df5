import { writeFileSync } from "node:fs";
import { formats, type ReportOptions } from "../src/report/formats.ts";
import type { LocatedReport } from "../src/rule/report.ts";
import type { Io } from "./io.ts";
import type { ReportRequest } from "./request.ts";
import { helpUrl, pageOf } from "./pages.ts";
import { UserError } from "./user-error.ts";
import { version } from "./version.ts";

export const plainWidth = 100;

/** Writes the report in every format that was asked for; only one of them goes to standard output. */
export async function writeReport(
  report: LocatedReport,
  request: ReportRequest,
  io: Io,
): Promise<void> {
  const pages = request.outputs.some(({ format }) => format === "sarif")
    ? await pageOf()
    : undefined;
  for (const { format, file } of request.outputs) {
    const { render } = await formats[format]();
    const options: ReportOptions = {
      width: file === undefined ? (io.columns ?? plainWidth) : plainWidth,
      color: file === undefined && wantsColor(request.color, io),
      all: request.all,
      debug: request.debug,
      toolVersion: version,
      helpUrl,
      ruleHelp: (code) => pages?.(code) ?? "",
    };
    const text = render(report, options);
    if (file === undefined) io.out(text);
    else save(file, text);
  }
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
