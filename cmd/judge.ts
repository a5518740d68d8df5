import { analyze, analyzeAgain, type Analysis } from "../src/engine/analyze.ts";
import type { Catalogue, Selected } from "../src/engine/select.ts";
import { writeBaseline } from "../src/load/baseline-file.ts";
import type { ConfigFile } from "../src/load/config-file.ts";
import type { Sources } from "../src/load/sources.ts";
import type { Ask } from "../src/model/fact.ts";
import type { Inventory } from "../src/model/inventory.ts";
import { isRoot } from "../src/rule/finding.ts";
import type { LocatedReport, Report } from "../src/rule/report.ts";
import { chooseRules, configuredSuppressions, knownFindings, loadCatalogue } from "./analysis.ts";
import { besideOf } from "./beside.ts";
import { exitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { locateReport } from "./locate-report.ts";
import type { AnalysisRequest } from "./request.ts";

/** Rules chosen and settings read: ready to judge inventories, as often as wanted. */
export interface Judge {
  readonly config: ConfigFile | undefined;
  readonly catalogue: Catalogue;
  readonly selected: Selected;
  readonly judge: (inventories: readonly Inventory[], now: Date) => Report;
  /** The same for a state of which an earlier one was judged: what has not changed is not judged again. */
  readonly judgeAgain: (
    inventories: readonly Inventory[],
    now: Date,
    before: Analysis | undefined,
  ) => Analysis;
}

export async function judgeFor(
  analysis: AnalysisRequest,
  config: ConfigFile | undefined,
  namespace: string | undefined,
  io: Io,
): Promise<Judge> {
  const catalogue = await loadCatalogue(analysis, config, io);
  const selected = chooseRules(analysis, config, catalogue);
  const options = {
    catalogue,
    selected,
    suppressions: configuredSuppressions(config),
    honourSuppressions: analysis.honourSuppressions,
    baseline: knownFindings(analysis, io),
  };
  return {
    config,
    catalogue,
    selected,
    judge: (inventories, now) => narrow(analyze(inventories, { ...options, now }), namespace),
    judgeAgain: (inventories, now, before) =>
      analyzeAgain(inventories, { ...options, now }, before),
  };
}

/** What was read, for the report and the exit code. */
interface Had {
  readonly inventories: readonly Inventory[];
  readonly sources: Sources;
  readonly documents: number;
  readonly allowEmpty: boolean;
  readonly unreadInput: boolean;
  readonly now: Date;
  /** The facts of each inventory, where they are kept. */
  readonly asks?: readonly Ask[];
}

/** A judged state: what is printed or explored, and how the run ends with it. */
export interface Settled {
  readonly report: LocatedReport;
  readonly inventories: readonly Inventory[];
  readonly sources: Sources;
  readonly config: ConfigFile | undefined;
  readonly beside: ReturnType<typeof besideOf>;
  readonly code: number;
}

/** Writes the baseline where one is wanted, finds the lines of everything, and says how the run ends. */
export async function settle(
  report: Report,
  analysis: AnalysisRequest,
  config: ConfigFile | undefined,
  had: Had,
): Promise<Settled> {
  if (analysis.writeBaseline !== undefined) {
    writeBaseline(
      analysis.writeBaseline,
      report.findings.filter((finding) => isRoot(finding) && finding.accepted !== "suppressed"),
    );
  }
  const sources = config ? new Map([...had.sources, [config.path, config.text]]) : had.sources;
  const code = exitCode({
    report,
    failOn: analysis.writeBaseline === undefined ? analysis.failOn : "never",
    minCoverage: analysis.minCoverage,
    documents: had.documents,
    allowEmpty: had.allowEmpty,
    unreadInput: had.unreadInput,
  });
  const { inventories, now, asks } = had;
  return {
    report: await locateReport(report, sources),
    inventories,
    sources,
    config,
    beside: besideOf(inventories, now, asks),
    code,
  };
}

/** `-n` limits the report, not what is read: findings about cluster-scoped objects stay. */
export function narrow(report: Report, namespace: string | undefined): Report {
  if (namespace === undefined) return report;
  return {
    ...report,
    findings: report.findings.filter(
      ({ subject }) => subject.namespace === "" || subject.namespace === namespace,
    ),
  };
}
