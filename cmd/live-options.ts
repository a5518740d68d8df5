import type { Options } from "yargs";
import { connectionOptions, stateOptions } from "./connection-options.ts";
import { analysisOptions, environmentOptions, inputOptions, reportOptions } from "./options.ts";

type Table = Readonly<Record<string, Options>>;

/** A change to think through before it is made. */
const changeOptions = {
  filename: {
    alias: "f",
    type: "string",
    requiresArg: true,
    group: "What if",
    describe: "judge the state as it would be after kubectl apply -f of this file or directory",
  },
  recursive: {
    alias: "R",
    type: "boolean",
    default: false,
    group: "What if",
    describe: "with -f: directories with all below them",
  },
  kustomize: {
    alias: "k",
    type: "string",
    requiresArg: true,
    group: "What if",
    describe: "the same after kubectl apply -k of this directory",
  },
  without: {
    type: "string",
    requiresArg: true,
    group: "What if",
    describe: "the same after this object was deleted: KIND/NAMESPACE/NAME",
  },
} as const satisfies Table;

export const checkOptions = {
  ...inputOptions,
  watch: {
    alias: "w",
    type: "boolean",
    default: false,
    describe: "stay, and judge again whenever something changes",
  },
  wait: {
    type: "string",
    requiresArg: true,
    describe: "wait so long (5m) until there is nothing to find; the last state decides",
  },
  ...changeOptions,
  ...stateOptions,
  ...environmentOptions,
  ...analysisOptions,
  ...reportOptions,
} as const satisfies Table;

/** Which rules, for commands that do not run them. */
const choiceOptions = {
  select: analysisOptions.select,
  ignore: analysisOptions.ignore,
  plugin: analysisOptions.plugin,
  config: environmentOptions.config,
  "cluster-domain": environmentOptions["cluster-domain"],
  "serving-namespace": environmentOptions["serving-namespace"],
  "knative-version": environmentOptions["knative-version"],
  "cert-manager-version": environmentOptions["cert-manager-version"],
  "trust-manager-version": environmentOptions["trust-manager-version"],
} as const satisfies Table;

export const snapshotOptions = {
  output: {
    alias: "o",
    type: "string",
    requiresArg: true,
    default: "snapshot.json.gz",
    describe: "the file to write, packed where its name ends in .gz; - for standard output",
  },
  ...connectionOptions,
  ...choiceOptions,
  debug: reportOptions.debug,
} as const satisfies Table;

export const rbacOptions = {
  name: {
    type: "string",
    requiresArg: true,
    default: "knative-certs",
    describe: "name of the ClusterRole",
  },
  watch: { type: "boolean", default: false, describe: "for check --watch and --wait as well" },
  ...choiceOptions,
  debug: reportOptions.debug,
} as const satisfies Table;

export const diffOptions = {
  ...inputOptions,
  ...changeOptions,
  base: {
    type: "string",
    requiresArg: true,
    group: "What if",
    describe: "compare the paths with these files, or with git:REVISION of themselves",
  },
  ...stateOptions,
  ...environmentOptions,
  select: analysisOptions.select,
  ignore: analysisOptions.ignore,
  plugin: analysisOptions.plugin,
  suppressions: analysisOptions.suppressions,
  "fail-on": analysisOptions["fail-on"],
  output: { ...reportOptions.output, describe: "text or json, to a file with =FILE" },
  color: reportOptions.color,
  all: reportOptions.all,
  debug: reportOptions.debug,
} as const satisfies Table;
