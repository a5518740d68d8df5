import { compare } from "../model/inventory.ts";
import { isKind, kinds } from "../model/kinds.ts";
import type { SubjectRef } from "../model/object.ts";
import type { Severity } from "../rule/finding.ts";
import type { LocatedFinding, LocatedReport } from "../rule/report.ts";
import { groupBy } from "../show/group-by.ts";
import { inert } from "../show/inert.ts";
import { inertJson } from "../show/inert-json.ts";
import { spot } from "../show/spot.ts";

const source = "knative-certs";
/** etcd takes objects of 1.5 MB; the worst findings come first. */
const mostResults = 1000;

interface Result {
  readonly policy: string;
  readonly rule: string;
  readonly category: string;
  readonly severity: "high" | "medium" | "low" | "info";
  readonly result: "fail" | "warn" | "error" | "skip" | "pass";
  readonly timestamp: { readonly seconds: number; readonly nanos: number };
  readonly source: string;
  readonly scored: boolean;
  readonly message: string;
  readonly resources?: readonly object[];
  readonly properties: Readonly<Record<string, string>>;
}

const severityOf = { error: "high", warning: "medium", info: "info" } as const;
const resultOf: Readonly<Record<Severity, Result["result"]>> = {
  error: "fail",
  warning: "warn",
  info: "warn",
};

/**
 * A list of reports of the API openreports.io/v1alpha1, for `kubectl apply -f`: one for each namespace, and one for the
 * cluster. Consequences are in it, marked by the property `causes`.
 */
export function render(report: LocatedReport): string {
  const seconds = Math.floor(Date.parse(report.now) / 1000);
  const time = { seconds, nanos: 0 };
  const results = [
    ...report.findings.map((finding) => at(finding.subject, findingResult(finding, time))),
    ...report.crashes.map(({ code, subject, message }) =>
      at(subject, {
        ...common(code, time),
        result: "error",
        severity: "high",
        message: inert(message),
      }),
    ),
    ...report.worlds.flatMap(({ coverage }) =>
      coverage.notEvaluated.map(({ code, subject, why, rbac }) =>
        at(subject, {
          ...common(code, time),
          result: "skip",
          severity: "info",
          message: inert(`not evaluated: ${why}`),
          properties: rbac === undefined ? {} : { rbac: inert(rbac) },
        }),
      ),
    ),
  ];
  const items = [...groupBy(results, ({ namespace }) => namespace)]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([namespace, mine]) =>
      reportOf(
        namespace,
        mine.map(({ result }) => result),
      ),
    );
  return `${inertJson({ apiVersion: "v1", kind: "List", items })}\n`;
}

interface Placed {
  readonly namespace: string;
  readonly result: Result;
}

function at(subject: SubjectRef | undefined, result: Result): Placed {
  return {
    namespace: namespaceOf(subject),
    result: subject ? { ...result, resources: [referenceTo(subject)] } : result,
  };
}

/** Only what can be the name of a namespace is one; whatever else a file holds belongs to the cluster's report. */
function namespaceOf(subject: SubjectRef | undefined): string {
  const namespace = subject?.namespace ?? "";
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace) ? namespace : "";
}

function referenceTo({ kind, namespace, name }: SubjectRef): object {
  return {
    ...(isKind(kind) && { apiVersion: apiVersionOf(kind) }),
    kind: inert(kind),
    name: inert(name),
    ...(namespace !== "" && { namespace: inert(namespace) }),
  };
}

function apiVersionOf(kind: keyof typeof kinds): string {
  const { group, versions } = kinds[kind];
  return group === "" ? versions[0] : `${group}/${versions[0]}`;
}

function common(code: string, timestamp: Result["timestamp"]) {
  const policy = inert(code);
  return { policy, rule: policy, category: "TLS", source, scored: true, timestamp, properties: {} };
}

function findingResult(finding: LocatedFinding, timestamp: Result["timestamp"]): Result {
  const { code, id, severity, accepted, message, location, causes } = finding;
  return {
    ...common(code, timestamp),
    rule: inert(id),
    severity: severityOf[severity],
    result: accepted === undefined ? resultOf[severity] : "skip",
    message: inert(message),
    properties: properties({
      consequence: finding.consequence,
      remedy: finding.remedy,
      location: location ? spot(location) : "",
      from: finding.from ?? "",
      accepted: accepted ?? "",
      cluster: finding.world,
      causes: causes.join(" "),
      fingerprint: finding.fingerprint,
    }),
  };
}

function properties(all: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const said = Object.entries(all).filter(([, value]) => value !== "");
  return Object.fromEntries(said.map(([name, value]) => [name, inert(value)]));
}

const order: readonly Result["result"][] = ["fail", "error", "warn", "skip", "pass"];

function reportOf(namespace: string, results: readonly Result[]): object {
  const count = (result: Result["result"]) => results.filter((one) => one.result === result).length;
  const worstFirst = results.toSorted((a, b) => order.indexOf(a.result) - order.indexOf(b.result));
  return {
    apiVersion: "openreports.io/v1alpha1",
    kind: namespace === "" ? "ClusterReport" : "Report",
    metadata: {
      name: source,
      ...(namespace !== "" && { namespace }),
      labels: { "app.kubernetes.io/managed-by": source },
    },
    source,
    ...(results.length > mostResults && {
      configuration: { limits: { maxResults: mostResults } },
    }),
    summary: {
      pass: 0,
      fail: count("fail"),
      warn: count("warn"),
      error: count("error"),
      skip: count("skip"),
    },
    results: worstFirst.slice(0, mostResults),
  };
}
