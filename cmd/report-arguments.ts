import { formatNames, isFormatName } from "../src/report/formats.ts";
import { many, type Many } from "./many.ts";
import type { Output, ReportRequest } from "./request.ts";
import { UserError } from "./user-error.ts";

export function reportOf(args: {
  readonly output: Many;
  readonly color: string;
  readonly all: boolean;
  readonly debug: boolean;
  readonly screenReader: boolean;
}): ReportRequest {
  return {
    outputs: outputsOf(
      many(args.output),
      isFormatName,
      `${formatNames.slice(0, -1).join(", ")} and ${formatNames.at(-1) ?? ""}`,
    ),
    color: colorOf(args.color),
    all: args.all,
    debug: args.debug,
    screenReader: args.screenReader,
  };
}

export function interactiveOf({
  interactive,
  output,
}: {
  interactive: boolean;
  output: Many;
}): boolean {
  if (interactive && many(output).length > 0)
    throw new UserError("--interactive and --output exclude each other", "Key w saves a report.");
  return interactive;
}

/** `-o text -o sarif=out.sarif`; text alone where nothing is asked for. */
export function outputsOf<Format extends string>(
  written: readonly string[],
  is: (format: string) => format is Format,
  formats: string,
): readonly Output<Format>[] {
  const asked = written.length > 0 ? written : ["text"];
  const outputs = asked
    .flatMap((one) => one.split(","))
    .map((one) => {
      const [format = "", ...file] = one.split("=");
      if (is(format)) return { format, file: file.length > 0 ? file.join("=") : undefined };
      throw new UserError(`there is no output format ${format}`, `There are ${formats}.`);
    });
  if (outputs.filter(({ file }) => file === undefined).length > 1) {
    throw new UserError(
      "only one format can go to standard output",
      "Give the others a file: -o sarif=out.sarif.",
    );
  }
  return outputs;
}

export function colorOf(value: string): "auto" | "always" | "never" {
  return value === "always" || value === "never" ? value : "auto";
}
