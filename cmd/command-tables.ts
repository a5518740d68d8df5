import type { Options } from "yargs";
import { formatNames } from "../src/report/formats.ts";
import { forecastFormats } from "../src/report/forecast/formats.ts";
import { graphFormats } from "../src/report/graph/formats.ts";
import { handshakesFormats } from "../src/report/handshakes/formats.ts";
import { diffFormats } from "../src/report/diff/formats.ts";
import { checkOptions, diffOptions, rbacOptions, snapshotOptions } from "./live-options.ts";
import {
  explainOptions,
  graphOptions,
  handshakesOptions,
  lintOptions,
  rulesOptions,
} from "./options.ts";
import { forecastOptions, rotationOptions } from "./time-options.ts";

export type OptionTable = Readonly<Record<string, Options>>;

interface CommandTable {
  readonly about: string;
  readonly options: OptionTable;
  /** What --output takes, where that is a format. */
  readonly outputs?: readonly string[];
}

/** Every command with its options, for completion; test/cmd/complete.test.ts holds it against the help. */
export const commandTables: Readonly<Record<string, CommandTable>> = {
  check: {
    about: "check a cluster, a snapshot, or files",
    options: checkOptions,
    outputs: formatNames,
  },
  diff: {
    about: "what a change breaks, mends and leaves",
    options: diffOptions,
    outputs: Object.keys(diffFormats),
  },
  lint: { about: "check manifests offline", options: lintOptions, outputs: formatNames },
  handshakes: {
    about: "whether TLS between every dialer and endpoint holds",
    options: handshakesOptions,
    outputs: Object.keys(handshakesFormats),
  },
  graph: {
    about: "draw who signs, serves, trusts and mounts what",
    options: graphOptions,
    outputs: Object.keys(graphFormats),
  },
  forecast: {
    about: "what will happen to certificates and trust, and what breaks first",
    options: forecastOptions,
    outputs: Object.keys(forecastFormats),
  },
  rotation: {
    about: "where a CA rotation stands, how to go on, and whether a plan is safe",
    options: rotationOptions,
  },
  snapshot: { about: "collect what a cluster holds into a file", options: snapshotOptions },
  rbac: { about: "print the smallest ClusterRole that is enough", options: rbacOptions },
  explain: { about: "what a rule finds, and how to mend it", options: explainOptions },
  rules: { about: "list the rules", options: rulesOptions },
  completion: { about: "print a script that completes words in a shell", options: {} },
  version: { about: "print the version", options: {} },
};
