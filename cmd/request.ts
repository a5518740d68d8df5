import type { Shell } from "./shells.ts";
import type { ClusterRequest } from "../src/load/cluster/open.ts";
import type { IssuerReferenceKey } from "../src/model/knative/nested-keys.ts";
import type { DiffFormat } from "../src/report/diff/formats.ts";
import type { ForecastFormat } from "../src/report/forecast/formats.ts";
import type { FormatName } from "../src/report/formats.ts";
import type { GraphFormat } from "../src/report/graph/formats.ts";
import type { HandshakesFormat } from "../src/report/handshakes/formats.ts";
import type { ExplanationFormat } from "../src/report/explanation/formats.ts";
import type { Severity } from "../src/rule/finding.ts";

/** What the user asked for: argv as a value. */
export type Request =
  | CheckRequest
  | DiffRequest
  | LintRequest
  | HandshakesRequest
  | GraphRequest
  | ForecastRequest
  | RotationRequest
  | ExplainRequest
  | RbacRequest
  | RulesRequest
  | SnapshotRequest
  | CompletionRequest
  | { readonly command: "version" };

export interface Output<Format extends string = FormatName> {
  readonly format: Format;
  /** Undefined: standard output. */
  readonly file: string | undefined;
}

/** The files to read. */
export interface InputRequest {
  readonly paths: readonly string[];
  readonly kustomizations: readonly string[];
  readonly complete: boolean;
  readonly allowEmpty: boolean;
  /** How the user calls a path that is read. */
  readonly called?: (path: string) => string;
}

export type { ClusterRequest };

/** The state to look at: files, a snapshot, or clusters. */
export interface StateRequest extends InputRequest {
  readonly from: string | undefined;
  readonly cluster: ClusterRequest;
  /** Keeps private keys in memory. */
  readonly readPrivateKeys: boolean;
}

/** A change that is thought through before it is made. */
export interface ChangeRequest {
  /** Manifests to apply: files and directories. */
  readonly files: readonly string[];
  readonly recursive: boolean;
  /** Directories to render with kustomize and to apply. */
  readonly overlays: readonly string[];
  /** KIND/NAMESPACE/NAME of what is deleted. */
  readonly without: readonly string[];
}

export interface CheckRequest extends StateRequest, ChangeRequest {
  readonly command: "check";
  /** Goes on, and tells of every change. */
  readonly watch: boolean;
  /** Milliseconds to wait for a state without findings; undefined: none. */
  readonly wait: number | undefined;
  /** Opens the screen where there is a terminal. */
  readonly interactive: boolean;
  readonly namespace: string | undefined;
  readonly analysis: AnalysisRequest;
  readonly report: ReportRequest;
}

export interface DiffRequest extends StateRequest, ChangeRequest {
  readonly command: "diff";
  /** Paths, or "git:REV" for the paths as they were in that revision; none: the change is -f and --without. */
  readonly base: readonly string[];
  readonly namespace: string | undefined;
  readonly analysis: AnalysisRequest;
  readonly outputs: readonly Output<DiffFormat>[];
  readonly color: "auto" | "always" | "never";
  readonly all: boolean;
}

export interface SnapshotRequest {
  readonly command: "snapshot";
  readonly file: string;
  readonly cluster: ClusterRequest;
  readonly analysis: AnalysisRequest;
}

export interface RbacRequest {
  readonly command: "rbac";
  readonly name: string;
  readonly watch: boolean;
  readonly analysis: AnalysisRequest;
}

export interface LintRequest extends InputRequest {
  readonly command: "lint";
  /** The directory to read whole, where the paths are what has changed in it. */
  readonly contextDirectory: string | undefined;
  readonly namespace: string | undefined;
  readonly interactive: boolean;
  readonly analysis: AnalysisRequest;
  readonly report: ReportRequest;
}

export interface HandshakesRequest extends StateRequest {
  readonly command: "handshakes";
  readonly namespace: string | undefined;
  readonly environment: EnvironmentRequest;
  readonly outputs: readonly Output<HandshakesFormat>[];
  readonly color: "auto" | "always" | "never";
  readonly all: boolean;
}

export interface ForecastRequest extends StateRequest {
  readonly command: "forecast";
  readonly environment: EnvironmentRequest;
  /** Milliseconds. */
  readonly horizon: number;
  /** A file with events to play, in their order. */
  readonly events: string | undefined;
  readonly outputs: readonly Output<ForecastFormat>[];
  readonly color: "auto" | "always" | "never";
  readonly all: boolean;
}

export interface RotationRequest extends StateRequest {
  readonly command: "rotation";
  readonly action: "status" | "plan" | "verify";
  readonly environment: EnvironmentRequest;
  readonly json: boolean;
  /** plan: the issuer to go to, or a file that brings one. */
  readonly to: string | undefined;
  readonly newCa: string | undefined;
  /** Undefined: those that name the issuer in use. */
  readonly references: readonly IssuerReferenceKey[] | undefined;
  /** plan: where to write the steps. */
  readonly directory: string | undefined;
  /** verify: the steps, in their order, and how long they may take, in milliseconds. */
  readonly steps: readonly string[];
  readonly within: number;
}

export interface GraphRequest extends StateRequest {
  readonly command: "graph";
  readonly namespace: string | undefined;
  readonly environment: EnvironmentRequest;
  readonly outputs: readonly Output<GraphFormat>[];
  readonly all: boolean;
}

/** When and where everything is judged. */
export interface EnvironmentRequest {
  readonly now: Date | undefined;
  /** Undefined: the nearest one is looked for; false: none. */
  readonly config: string | false | undefined;
  readonly clusterDomain: string | undefined;
  readonly servingNamespace: string | undefined;
  readonly knativeVersion: string | undefined;
  readonly certManagerVersion: string | undefined;
  readonly trustManagerVersion: string | undefined;
}

/** Which rules run, in which environment, and what counts. */
export interface AnalysisRequest extends EnvironmentRequest {
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  readonly plugins: readonly string[];
  readonly honourSuppressions: boolean;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
  readonly failOn: Severity | "never";
  /** From 0 to 1. */
  readonly minCoverage: number;
}

export interface ReportRequest {
  readonly outputs: readonly Output[];
  readonly color: "auto" | "always" | "never";
  readonly all: boolean;
  readonly debug: boolean;
  /** The screen says sentences, on the normal screen. */
  readonly screenReader: boolean;
}

export interface ExplainRequest extends StateRequest {
  readonly command: "explain";
  /** A rule, or KIND/NAME of an object. */
  readonly topic: string;
  readonly namespace: string | undefined;
  readonly environment: EnvironmentRequest;
  readonly format: ExplanationFormat;
  readonly color: "auto" | "always" | "never";
}

export interface CompletionRequest {
  readonly command: "completion";
  readonly shell: Shell;
}

export interface RulesRequest {
  readonly command: "rules";
  readonly select: readonly string[];
  readonly format: "text" | "json" | "markdown";
}
