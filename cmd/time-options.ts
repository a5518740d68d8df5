import type { Options } from "yargs";
import { stateOptions } from "./connection-options.ts";
import { environmentOptions, handshakesOptions, inputOptions } from "./options.ts";

const shared = {
  ...inputOptions,
  ...stateOptions,
  ...environmentOptions,
  color: handshakesOptions.color,
  debug: handshakesOptions.debug,
} as const satisfies Readonly<Record<string, Options>>;

/** Options of `forecast`. */
export const forecastOptions = {
  ...shared,
  horizon: {
    type: "string",
    requiresArg: true,
    default: "1y",
    describe: "how far to look: 90d, 18w, 1y",
  },
  events: {
    type: "string",
    requiresArg: true,
    describe:
      'play these events instead, from a JSON list: {"renew":"NS/NAME"}, {"sync":"bundle/NAME"}, {"reload":"COMPONENT"}, {"apply":"DIR"}, {"at":"TIME"}',
  },
  output: {
    alias: "o",
    type: "string",
    requiresArg: true,
    describe: "text, json, ics or html, to a file with =FILE; may be given several times",
  },
  all: { type: "boolean", default: false, describe: "give every object a line of its own" },
} as const satisfies Readonly<Record<string, Options>>;

/** Options of `rotation`, whatever it is asked to do. */
export const rotationOptions = {
  ...shared,
  in: {
    type: "string",
    array: true,
    requiresArg: true,
    default: [] as string[],
    describe: "plan, verify: the state to start from: files or directories (default: the cluster)",
  },
  to: {
    type: "string",
    requiresArg: true,
    describe: "plan: the issuer of the new CA, where it is there: issuer/NAME",
  },
  "new-ca": {
    type: "string",
    requiresArg: true,
    describe: "plan: manifests of the new CA: its ClusterIssuer, and its Certificate or Secret",
  },
  ref: {
    type: "string",
    requiresArg: true,
    describe:
      "plan: the references to switch, separated by commas (default: those that name the issuer in use)",
  },
  within: {
    type: "string",
    requiresArg: true,
    default: "7d",
    describe:
      "verify: how long the plan may take; what is due by then may happen at any moment of it",
  },
  output: {
    alias: "o",
    type: "string",
    requiresArg: true,
    default: "text",
    describe: "text or json; plan: or a new directory for the steps, which kubectl apply takes",
  },
} as const satisfies Readonly<Record<string, Options>>;
