import type { Options } from "yargs";
import { connectionOptions, stateOptions } from "./connection-options.ts";

type Table = Readonly<Record<string, Options>>;

const rules = "Rules";
const environment = "Environment";
const outcome = "What counts";
const output = "Output";

/** Options of every command that reads a state. */
export const environmentOptions = {
  config: {
    type: "string",
    requiresArg: true,
    group: environment,
    describe: "configuration file instead of the nearest .knative-certs.yaml; --no-config for none",
  },
  now: {
    type: "string",
    requiresArg: true,
    group: environment,
    describe: "the time to judge by, RFC 3339 (default: the clock)",
  },
  "cluster-domain": {
    type: "string",
    requiresArg: true,
    group: environment,
    describe: "DNS domain of the cluster (default: cluster.local)",
  },
  "serving-namespace": {
    type: "string",
    requiresArg: true,
    group: environment,
    describe: "namespace of Knative Serving (default: knative-serving)",
  },
  "knative-version": {
    type: "string",
    requiresArg: true,
    group: environment,
    describe: "release of Knative Serving, where no Deployment shows it",
  },
  "cert-manager-version": {
    type: "string",
    requiresArg: true,
    group: environment,
    describe: "release of cert-manager",
  },
  "trust-manager-version": {
    type: "string",
    requiresArg: true,
    group: environment,
    describe: "release of trust-manager",
  },
} as const satisfies Table;

/** Options of every command that runs rules. */
export const analysisOptions = {
  select: {
    type: "string",
    requiresArg: true,
    group: rules,
    describe: "only these rules: code, id, code prefix, group or preset",
  },
  ignore: { type: "string", requiresArg: true, group: rules, describe: "all but these rules" },
  plugin: {
    type: "string",
    requiresArg: true,
    group: rules,
    describe: "load more rules from this module",
  },
  suppressions: {
    type: "boolean",
    default: true,
    group: rules,
    describe: "honour suppressions; --no-suppressions shows everything",
  },
  baseline: {
    type: "string",
    requiresArg: true,
    group: outcome,
    describe: "count only findings that this file does not list",
  },
  "write-baseline": {
    type: "string",
    requiresArg: true,
    group: outcome,
    describe: "write the findings of this run to a baseline file",
  },
  "fail-on": {
    type: "string",
    requiresArg: true,
    choices: ["error", "warning", "info", "never"],
    default: "error",
    group: outcome,
    describe: "findings from this severity on make the exit code 1",
  },
  "min-coverage": {
    type: "number",
    requiresArg: true,
    default: 0,
    group: outcome,
    describe: "exit code 3 when a smaller share of checks (0 to 1) could be evaluated",
  },
} as const satisfies Table;

export const reportOptions = {
  output: {
    alias: "o",
    type: "string",
    requiresArg: true,
    group: output,
    describe:
      "text, json, sarif, github, junit, markdown, html, openreports or prometheus, to a file with =FILE; may be given several times",
  },
  color: {
    type: "string",
    requiresArg: true,
    choices: ["auto", "always", "never"],
    default: "auto",
    coerce: (value: string | false): string => (value === false ? "never" : value),
    group: output,
    describe: "colours in text output; --no-color for never",
  },
  "screen-reader": {
    type: "boolean",
    default: false,
    group: output,
    describe: "with --interactive: sentences instead of columns (or INK_SCREEN_READER=true)",
  },
  all: {
    type: "boolean",
    default: false,
    group: output,
    describe: "list consequences and every check that was not evaluated",
  },
  debug: {
    type: "boolean",
    default: false,
    group: output,
    describe: "show stacks of errors in this program",
  },
} as const satisfies Table;

/** Options of every command that reads files. */
export const inputOptions = {
  kustomize: {
    alias: "k",
    type: "string",
    requiresArg: true,
    describe: "render this directory with kubectl kustomize and read the result",
  },
  complete: {
    type: "boolean",
    default: false,
    describe: "the files are everything there is: what they do not hold does not exist",
  },
  "allow-empty": { type: "boolean", default: false, describe: "nothing to read is no failure" },
} as const satisfies Table;

export const lintOptions = {
  ...inputOptions,
  "changed-set": {
    type: "boolean",
    default: false,
    describe: "report only what touches the paths; everything below --context-dir is read",
  },
  "context-dir": {
    type: "string",
    requiresArg: true,
    default: ".",
    describe: "with --changed-set: the directory of all that belongs together",
  },
  namespace: {
    alias: "n",
    type: "string",
    requiresArg: true,
    describe: "report only findings about objects of this namespace",
  },
  interactive: {
    alias: "i",
    type: "boolean",
    default: false,
    group: output,
    describe: "look through the findings on a screen",
  },
  ...environmentOptions,
  ...analysisOptions,
  ...reportOptions,
} as const satisfies Table;

export const graphOptions = {
  ...inputOptions,
  ...stateOptions,
  namespace: { ...stateOptions.namespace, describe: "draw only what this namespace is tied to" },
  ...environmentOptions,
  output: {
    alias: "o",
    type: "string",
    requiresArg: true,
    default: "mermaid",
    group: output,
    describe: "mermaid, dot or json, to a file with =FILE; may be given several times",
  },
  all: {
    type: "boolean",
    default: false,
    group: output,
    describe: "draw every namespace; json always holds all",
  },
  debug: reportOptions.debug,
} as const satisfies Table;

export const handshakesOptions = {
  ...inputOptions,
  ...stateOptions,
  namespace: {
    ...stateOptions.namespace,
    describe: "show only handshakes whose endpoint serves this namespace",
  },
  ...environmentOptions,
  output: {
    alias: "o",
    type: "string",
    requiresArg: true,
    group: output,
    describe: "text, markdown or json, to a file with =FILE; may be given several times",
  },
  color: reportOptions.color,
  all: {
    type: "boolean",
    default: false,
    group: output,
    describe: "list every handshake, and every certificate that a trust store holds or has dropped",
  },
  debug: reportOptions.debug,
} as const satisfies Table;

export const explainOptions = {
  in: {
    type: "string",
    requiresArg: true,
    describe: "read these files instead of a cluster; may be given several times",
  },
  complete: inputOptions.complete,
  from: stateOptions.from,
  ...connectionOptions,
  namespace: {
    ...connectionOptions.namespace,
    describe: "the namespace of the object (default: wherever there is one of that name)",
  },
  ...environmentOptions,
  output: {
    alias: "o",
    type: "string",
    choices: ["text", "json"],
    default: "text",
    group: output,
    describe: "how the chain of an object is printed",
  },
  color: reportOptions.color,
  debug: reportOptions.debug,
} as const satisfies Table;

export const rulesOptions = {
  select: {
    type: "string",
    describe: "only these: code, id, code prefix, group or preset",
  },
  output: { alias: "o", type: "string", choices: ["text", "json", "markdown"], default: "text" },
} as const satisfies Table;
