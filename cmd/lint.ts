import { dirname } from "node:path";
import { analyze } from "../src/engine/analyze.ts";
import { writeBaseline } from "../src/load/baseline-file.ts";
import type { ConfigFile } from "../src/load/config-file.ts";
import { textPlace } from "../src/load/file.ts";
import { readInput, type Input } from "../src/load/input.ts";
import { statOf } from "../src/load/stat.ts";
import { inventoriesOf } from "../src/load/world.ts";
import { isRoot } from "../src/rule/finding.ts";
import type { Report } from "../src/rule/report.ts";
import {
  assumedObjects,
  chooseRules,
  configuredSuppressions,
  environmentOf,
  knownFindings,
  loadCatalogue,
  loadConfig,
} from "./analysis.ts";
import { exitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { locateReport } from "./locate-report.ts";
import { writeReport } from "./output.ts";
import type { LintRequest } from "./request.ts";
import { UserError } from "./user-error.ts";
import { worldsOf } from "./worlds.ts";

/** Checks manifests offline; never touches the network. */
export async function lint(request: LintRequest, io: Io): Promise<number> {
  const { paths, kustomizations, analysis } = request;
  if (paths.length === 0 && kustomizations.length === 0) {
    throw new UserError("name what to read", "Files, directories, globs, or - for standard input.");
  }
  const config = await loadConfig(analysis, startOf(paths[0] ?? kustomizations[0] ?? "."), io);
  const catalogue = await loadCatalogue(analysis, config, io);
  const selected = chooseRules(analysis, config, catalogue);
  const baseline = knownFindings(analysis, io);
  const input = await readInput({ paths, kustomizations });
  const inventories = inventoriesIn(request, config, input, io);
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
  notice(input, report, io);
  return exitCode({
    report,
    failOn: analysis.writeBaseline === undefined ? analysis.failOn : "never",
    minCoverage: analysis.minCoverage,
    documents: input.documents,
    allowEmpty: request.allowEmpty,
    unreadInput: inventories.some(({ problems }) =>
      problems.some(
        ({ type, named }) => named && ["broken", "unreadable", "tool", "refused"].includes(type),
      ),
    ),
  });
}

function startOf(path: string): string {
  if (path === "-") return ".";
  return statOf(path)?.isDirectory() ? path : dirname(path);
}

function inventoriesIn(request: LintRequest, config: ConfigFile | undefined, input: Input, io: Io) {
  const missing = input.missing.map(({ path, message }) => ({
    type: "unreadable" as const,
    place: textPlace(path, 0),
    message,
    named: true,
  }));
  const worlds = worldsOf(
    config,
    request.complete,
    input.files.map(({ path }) => path),
    io.cwd,
  );
  return inventoriesOf(input.files, [...missing, ...input.problems], worlds, {
    environment: environmentOf(request.analysis, config),
    assumed: assumedObjects(config),
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

function notice(input: Input, report: Report, io: Io): void {
  const objects = report.worlds.reduce((sum, world) => sum + world.objects, 0);
  if (input.documents === 0) io.err("notice: no document was read\n");
  else if (objects === 0)
    io.err(
      `notice: nothing in ${String(input.documents)} documents concerns Knative's certificates\n`,
    );
}
