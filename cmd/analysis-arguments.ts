import { isSeverity } from "../src/rule/finding.ts";
import { last, many, split, type Many } from "./many.ts";
import type { AnalysisRequest, EnvironmentRequest } from "./request.ts";
import { UserError } from "./user-error.ts";

/** Options of every command that reads a state, as yargs gives them. */
export interface EnvironmentArguments {
  readonly config: Many | boolean;
  readonly now: Many;
  readonly clusterDomain: Many;
  readonly servingNamespace: Many;
  readonly knativeVersion: Many;
  readonly certManagerVersion: Many;
  readonly trustManagerVersion: Many;
}

export function environmentOf(args: EnvironmentArguments): EnvironmentRequest {
  return {
    now: timeOf(last(args.now)),
    config: typeof args.config === "boolean" ? false : last(args.config),
    clusterDomain: last(args.clusterDomain),
    servingNamespace: last(args.servingNamespace),
    knativeVersion: last(args.knativeVersion),
    certManagerVersion: last(args.certManagerVersion),
    trustManagerVersion: last(args.trustManagerVersion),
  };
}

interface AnalysisArguments extends EnvironmentArguments {
  readonly select: Many;
  readonly ignore: Many;
  readonly plugin: Many;
  readonly suppressions: boolean;
  readonly baseline: Many;
  readonly writeBaseline: Many;
  readonly failOn: string;
  readonly minCoverage: number;
}

/** For commands that choose rules and do not run them. */
export const plainAnalysis = {
  now: undefined,
  suppressions: true,
  baseline: undefined,
  writeBaseline: undefined,
  failOn: "never",
  minCoverage: 0,
};

export function analysisOf(args: AnalysisArguments): AnalysisRequest {
  return {
    ...environmentOf(args),
    select: split(args.select),
    ignore: split(args.ignore),
    plugins: many(args.plugin),
    honourSuppressions: args.suppressions,
    baseline: last(args.baseline),
    writeBaseline: last(args.writeBaseline),
    failOn: isSeverity(args.failOn) ? args.failOn : "never",
    minCoverage: coverageOf(args.minCoverage),
  };
}

function timeOf(value: string | undefined): Date | undefined {
  if (value === undefined) return undefined;
  const time = new Date(value);
  if (!/^\d{4}-\d\d-\d\d/.test(value) || Number.isNaN(time.getTime())) {
    throw new UserError(`--now ${value} is no time`, "Write it as 2027-01-31T12:00:00Z.");
  }
  return time;
}

function coverageOf(value: number): number {
  if (!(value >= 0 && value <= 1)) throw new UserError("--min-coverage takes a share from 0 to 1");
  return value;
}
