import type { LocatedFinding, LocatedReport } from "../rule/report.ts";
import { groupBy } from "../show/group-by.ts";
import { inert } from "../show/inert.ts";
import { ratioOf } from "../rule/report.ts";
import { countedOf } from "../show/roots.ts";
import type { ReportOptions } from "./options.ts";

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

/** Metrics in the text format that Prometheus and the textfile collector of node_exporter read, version 0.0.4. */
export function render(report: LocatedReport, { handshakes }: ReportOptions): string {
  const { worlds, crashes, now } = report;
  const roots = countedOf(report);
  const families = [
    family("findings", "Faults that count, by rule and namespace.", findings(roots)),
    family(
      "consequences",
      "Findings that follow from a fault.",
      byCluster(
        worlds.map(({ name }) => name),
        report.findings.filter(({ causes }) => causes.length > 0),
      ),
    ),
    family(
      "finding_effective_timestamp_seconds",
      "When the first fault of a rule that is yet to take effect will do so.",
      times(roots),
    ),
    family(
      "checks",
      "Pairs of rule and object, by whether they could be evaluated.",
      worlds.flatMap(({ name, coverage }): Sample[] => [
        [{ cluster: name, state: "evaluated" }, coverage.evaluated],
        [{ cluster: name, state: "not evaluated" }, coverage.notEvaluated.length],
      ]),
    ),
    family(
      "coverage_ratio",
      "Share of the checks that could be evaluated.",
      worlds.map(({ name, coverage }): Sample => [{ cluster: name }, ratioOf(coverage)]),
    ),
    family("crashed_checks", "Checks that crashed.", [[{}, crashes.length]]),
    ...(handshakes
      ? [
          family(
            "handshakes",
            "Handshakes by dialer, endpoint and verdict.",
            handshakeSamples(handshakes()),
          ),
        ]
      : []),
    family("run_timestamp_seconds", "The time by which this was judged.", [
      [{}, Date.parse(now) / 1000],
    ]),
  ];
  return families.join("");
}

function family(name: string, help: string, samples: readonly Sample[]): string {
  const full = `knative_certs_${name}`;
  const lines = samples.map(([labels, value]) => `${full}${labelText(labels)} ${String(value)}\n`);
  return `# HELP ${full} ${help}\n# TYPE ${full} gauge\n${lines.join("")}`;
}

function labelText(labels: Labels): string {
  const all = Object.entries(labels).map(([name, value]) => `${name}="${labelValue(value)}"`);
  return all.length === 0 ? "" : `{${all.join(",")}}`;
}

/** As the exposition format escapes values of labels: backslash, quote and line feed. */
function labelValue(value: string): string {
  return inert(value).replaceAll(/[\\"]/g, String.raw`\$&`);
}

function findings(roots: readonly LocatedFinding[]): readonly Sample[] {
  const groups = groupBy(roots, ({ world, code, severity, subject }) =>
    JSON.stringify([world, code, severity, subject.namespace]),
  );
  return [...groups.values()].map((same): Sample => {
    const [first] = same;
    const { world = "", code = "", id = "", severity = "", subject } = first ?? {};
    const namespace = subject?.namespace ?? "";
    return [{ cluster: world, code, id, severity, namespace }, same.length];
  });
}

function byCluster(
  names: readonly string[],
  findingsOf: readonly LocatedFinding[],
): readonly Sample[] {
  return names.map((name) => [
    { cluster: name },
    findingsOf.filter(({ world }) => world === name).length,
  ]);
}

function times(roots: readonly LocatedFinding[]): readonly Sample[] {
  const later = roots.filter(({ from }) => from !== undefined);
  return [...groupBy(later, ({ world, code }) => JSON.stringify([world, code])).values()].map(
    (same): Sample => {
      const [first] = same;
      const soonest = Math.min(...same.map(({ from = "" }) => Date.parse(from)));
      return [{ cluster: first?.world ?? "", code: first?.code ?? "" }, soonest / 1000];
    },
  );
}

function handshakeSamples(
  worlds: ReturnType<NonNullable<ReportOptions["handshakes"]>>,
): readonly Sample[] {
  return worlds.flatMap(({ name, handshakes }) => {
    const groups = groupBy(handshakes, ({ dialer, endpoint, verdict }) =>
      JSON.stringify([dialer.component, endpoint.component, verdict]),
    );
    return [...groups].map(([, same]): Sample => {
      const [first] = same;
      return [
        {
          cluster: name,
          dialer: first?.dialer.component ?? "",
          endpoint: first?.endpoint.component ?? "",
          verdict: first?.verdict ?? "",
        },
        same.length,
      ];
    });
  });
}
