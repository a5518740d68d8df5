import { join } from "node:path";
import { analyze } from "../src/engine/analyze.ts";
import { writeBaseline } from "../src/load/baseline-file.ts";
import { configFileName } from "../src/load/paths.ts";
import { isRoot } from "../src/rule/finding.ts";
import type { Report } from "../src/rule/report.ts";
import { chooseRules, configuredSuppressions, knownFindings, loadCatalogue } from "./analysis.ts";
import { touching } from "./changed-set.ts";
import { exitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { locateReport } from "./locate-report.ts";
import { notice, offlineConfig, readOffline, startOf } from "./offline.ts";
import { writeReport } from "./output.ts";
import type { LintRequest } from "./request.ts";
import { UserError } from "./user-error.ts";

/** Checks manifests offline; never touches the network. */
export async function lint(request: LintRequest, io: Io): Promise<number> {
  if (request.interactive) return lookThrough(request, io);
  const { report, input, inventories, code } = await check(request, io);
  await writeReport(report, request.report, io);
  notice(input, inventories, io);
  return code;
}

/** The same on a screen, where a key reads everything again. */
async function lookThrough(request: LintRequest, io: Io): Promise<number> {
  const { explore, terminalOf } = await import("./explore.ts");
  terminalOf(io);
  const { paths, kustomizations } = request;
  if (paths.includes("-"))
    throw new UserError("--interactive cannot read standard input: that is the keyboard");
  let last = await check(request, io);
  const exploration = {
    source: [...paths, ...kustomizations].join(" "),
    config:
      last.config?.path ?? join(startOf([...paths, ...kustomizations][0] ?? "."), configFileName),
    request: request.report,
    again: async () => (last = await check(request, { ...io, err: () => {} })),
  };
  await explore(last, exploration, io);
  return last.code;
}

/** Reads everything, and runs the rules over it. */
async function check(request: LintRequest, io: Io) {
  const { analysis } = request;
  const reading = inContext(request);
  const config = await offlineConfig(reading, analysis, io);
  const catalogue = await loadCatalogue(analysis, config, io);
  const selected = chooseRules(analysis, config, catalogue);
  const baseline = knownFindings(analysis, io);
  const { input, inventories, unreadInput } = await readOffline(reading, analysis, config, io);
  const now = analysis.now ?? io.now();
  const whole = narrow(
    analyze(inventories, {
      now,
      catalogue,
      selected,
      suppressions: configuredSuppressions(config),
      honourSuppressions: analysis.honourSuppressions,
      baseline,
    }),
    request.namespace,
  );
  const report =
    request.contextDirectory === undefined ? whole : touching(whole, request.paths, input, io.cwd);
  if (analysis.writeBaseline !== undefined) {
    writeBaseline(
      analysis.writeBaseline,
      report.findings.filter((finding) => isRoot(finding) && finding.accepted !== "suppressed"),
    );
  }
  const sources = config ? new Map([...input.sources, [config.path, config.text]]) : input.sources;
  const code = exitCode({
    report,
    failOn: analysis.writeBaseline === undefined ? analysis.failOn : "never",
    minCoverage: analysis.minCoverage,
    documents: input.documents,
    allowEmpty: request.allowEmpty,
    unreadInput,
  });
  return {
    report: await locateReport(report, sources),
    inventories,
    sources,
    input,
    config,
    now,
    code,
  };
}

/** What has changed is judged with all that it belongs to. */
function inContext(request: LintRequest): LintRequest {
  const { contextDirectory, paths } = request;
  return contextDirectory === undefined
    ? request
    : { ...request, paths: [contextDirectory, ...paths] };
}

/** `-n` limits the report, not what is read: findings about cluster-scoped objects stay. */
function narrow(report: Report, namespace: string | undefined): Report {
  if (namespace === undefined) return report;
  return {
    ...report,
    findings: report.findings.filter(
      ({ subject }) => subject.namespace === "" || subject.namespace === namespace,
    ),
  };
}
