import { analyze } from "../src/engine/analyze.ts";
import { writeBaseline } from "../src/load/baseline-file.ts";
import { isRoot } from "../src/rule/finding.ts";
import type { Report } from "../src/rule/report.ts";
import { chooseRules, configuredSuppressions, knownFindings, loadCatalogue } from "./analysis.ts";
import { exitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { locateReport } from "./locate-report.ts";
import { notice, offlineConfig, readOffline } from "./offline.ts";
import { writeReport } from "./output.ts";
import type { LintRequest } from "./request.ts";

/** Checks manifests offline; never touches the network. */
export async function lint(request: LintRequest, io: Io): Promise<number> {
  const { analysis } = request;
  const config = await offlineConfig(request, analysis, io);
  const catalogue = await loadCatalogue(analysis, config, io);
  const selected = chooseRules(analysis, config, catalogue);
  const baseline = knownFindings(analysis, io);
  const { input, inventories, unreadInput } = await readOffline(request, analysis, config, io);
  const report = narrow(
    analyze(inventories, {
      now: analysis.now ?? io.now(),
      catalogue,
      selected,
      suppressions: configuredSuppressions(config),
      honourSuppressions: analysis.honourSuppressions,
      baseline,
    }),
    request.namespace,
  );
  if (analysis.writeBaseline !== undefined) {
    writeBaseline(
      analysis.writeBaseline,
      report.findings.filter((finding) => isRoot(finding) && finding.accepted !== "suppressed"),
    );
  }
  const sources = config ? new Map([...input.sources, [config.path, config.text]]) : input.sources;
  await writeReport(await locateReport(report, sources), request.report, io);
  notice(input, inventories, io);
  return exitCode({
    report,
    failOn: analysis.writeBaseline === undefined ? analysis.failOn : "never",
    minCoverage: analysis.minCoverage,
    documents: input.documents,
    allowEmpty: request.allowEmpty,
    unreadInput,
  });
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
