import type { LocatedReport } from "../rule/report.ts";
import { inert } from "../show/inert.ts";
import { rootsOf } from "../show/roots.ts";

const commands = { error: "error", warning: "warning", info: "notice" } as const;

/** Workflow commands of GitHub Actions, one for each root: annotations on the lines of a pull request. */
export function render(report: LocatedReport): string {
  const found = rootsOf(report).map(({ finding, consequences }) => {
    const { code, id, severity, message, consequence, remedy, location } = finding;
    const properties = {
      ...(location && {
        file: location.file,
        line: location.line,
        endLine: location.endLine,
        ...(location.line === location.endLine && {
          col: location.column,
          endColumn: Math.max(location.column, location.endColumn - 1),
        }),
      }),
      title: `${code} ${id}`,
    };
    const lines = [
      message,
      consequence === "" ? "" : `breaks: ${consequence}`,
      remedy === "" ? "" : `fix: ${remedy}`,
      consequences.length === 0 ? "" : `${String(consequences.length)} more follow from it`,
    ];
    return command(commands[severity], properties, lines);
  });
  const crashed = report.crashes.map(({ code, message }) =>
    command("error", { title: `${code} crashed` }, [message]),
  );
  return [...found, ...crashed].map((line) => `${line}\n`).join("");
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  lines: readonly string[],
): string {
  const settings = Object.entries(properties).map(
    ([key, value]) => `${key}=${property(String(value))}`,
  );
  const text = lines.filter(Boolean).map((line) => data(inert(line)));
  return `::${name} ${settings.join(",")}::${text.join("%0A")}`;
}

/** As actions/toolkit packages/core/src/command.ts escapeData. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** As actions/toolkit packages/core/src/command.ts escapeProperty. */
function property(text: string): string {
  return data(inert(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
