import { thousands } from "../../model/thousands.ts";
import type { LocatedReport } from "../../rule/report.ts";
import { rootsOf } from "../../show/roots.ts";
import { summaryOf } from "../../show/summary.ts";
import type { ReportOptions } from "../options.ts";
import { coverageSection } from "./coverage.ts";
import { findingsSection } from "./findings.ts";
import { graphSection } from "./graph.ts";
import { tag, nothing, type Html } from "./html.ts";
import { matrixSection } from "./matrix.ts";
import { hashes, script, style } from "./style.ts";
import { timelineSection } from "./timeline.ts";

/** One page that needs nothing but itself: it may load nothing, and run only its own script. */
export function render(report: LocatedReport, options: ReportOptions): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hashes.style}'`,
    `script-src '${hashes.script}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const worlds = options.handshakes?.();
  const roots = rootsOf(report);
  const page = tag`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <title>knative-certs: ${titleOf(report)}</title>
    <style>${{ markup: style }}</style>
  </head>
  <body>
    <header>
      <h1>Will TLS work in Knative?</h1>
      <p class="quiet">Judged at ${report.now} by kubectl-knative-certs ${options.toolVersion}${named(report)}</p>
      ${counts(report)}
      <nav><a href="#findings">Findings</a><a href="#handshakes">Handshakes</a><a href="#trust">Trust</a><a href="#timeline">Timeline</a><a href="#coverage">Coverage</a></nav>
    </header>
    <main>
      ${findingsSection(roots, report, options)}
      ${matrixSection(worlds, options)}
      ${graphSection(worlds)}
      ${timelineSection(report, worlds ?? [])}
      ${coverageSection(report)}
    </main>
    ${roots.length > 0 ? tag`<script>${{ markup: script }}</script>` : nothing}
  </body>
</html>
`;
  return page.markup;
}

function titleOf(report: LocatedReport): string {
  const { errors, warnings } = summaryOf(report);
  return `${String(errors)} errors, ${String(warnings)} warnings`;
}

function named({ worlds }: LocatedReport): string {
  const names = worlds.map(({ name }) => name).filter(Boolean);
  return names.length === 0 ? "" : `: ${names.join(", ")}`;
}

function counts(report: LocatedReport): Html {
  const { errors, warnings, infos, consequences, suppressed, baseline, crashes } =
    summaryOf(report);
  const tiles = [
    ["errors", errors, errors > 0 ? "error" : ""],
    ["warnings", warnings, warnings > 0 ? "warning" : ""],
    ["infos", infos, ""],
    ["follow from them", consequences, ""],
    ["suppressed", suppressed, ""],
    ["in the baseline", baseline, ""],
    ["crashed checks", crashes, crashes > 0 ? "error" : ""],
  ] as const;
  const shown = tiles.filter(([, count], i) => i < 3 || count > 0);
  return tag`<div class="counts">
    ${shown.map(
      ([name, count, role]) =>
        tag`<div class="count ${role}"><b>${thousands(count)}</b>${name}</div>`,
    )}
  </div>`;
}
