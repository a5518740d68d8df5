import type { FormatName } from "../src/report/formats.ts";
import type { Severity } from "../src/rule/finding.ts";

/** What the user asked for: argv as a value. */
export type Request = LintRequest | ExplainRequest | RulesRequest | { readonly command: "version" };

export interface Output {
  readonly format: FormatName;
  /** Undefined: standard output. */
  readonly file: string | undefined;
}

export interface LintRequest {
  readonly command: "lint";
  readonly paths: readonly string[];
  readonly kustomizations: readonly string[];
  readonly complete: boolean;
  readonly allowEmpty: boolean;
  readonly namespace: string | undefined;
  readonly analysis: AnalysisRequest;
  readonly report: ReportRequest;
}

/** Which rules run, in which environment, and what counts. */
export interface AnalysisRequest {
  readonly now: Date | undefined;
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  readonly plugins: readonly string[];
  /** Undefined: the nearest one is looked for; false: none. */
  readonly config: string | false | undefined;
  readonly honourSuppressions: boolean;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
  readonly clusterDomain: string | undefined;
  readonly servingNamespace: string | undefined;
  readonly knativeVersion: string | undefined;
  readonly certManagerVersion: string | undefined;
  readonly trustManagerVersion: string | undefined;
  readonly failOn: Severity | "never";
  /** From 0 to 1. */
  readonly minCoverage: number;
}

export interface ReportRequest {
  readonly outputs: readonly Output[];
  readonly color: "auto" | "always" | "never";
  readonly all: boolean;
  readonly debug: boolean;
}

export interface ExplainRequest {
  readonly command: "explain";
  readonly topic: string;
  readonly color: "auto" | "always" | "never";
}

export interface RulesRequest {
  readonly command: "rules";
  readonly select: readonly string[];
  readonly format: "text" | "json" | "markdown";
}
