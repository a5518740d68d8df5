import type { Argv } from "yargs";
import { issuerReferenceKeys, type IssuerReferenceKey } from "../src/model/knative/nested-keys.ts";
import { isForecastFormat } from "../src/report/forecast/formats.ts";
import { environmentOf } from "./analysis-arguments.ts";
import { stateOf } from "./cluster-arguments.ts";
import { many, type Many } from "./many.ts";
import { outputsOf } from "./report-arguments.ts";
import type { InputRequest, Request } from "./request.ts";
import { forecastOptions, rotationOptions } from "./time-options.ts";
import { UserError } from "./user-error.ts";

interface FileArguments {
  readonly paths: readonly string[];
  readonly kustomize: Many;
  readonly complete: boolean;
  readonly allowEmpty: boolean;
}

export type ReadInput = (args: FileArguments, rest: unknown) => InputRequest;

type Found = (request: Request) => void;

/** The commands that look ahead: forecast and rotation. */
export function timeCommands(cli: Argv, found: Found, inputOf: ReadInput): Argv {
  return cli
    .command(
      "forecast [paths..]",
      "what will happen to certificates and trust if nobody acts, and what breaks first",
      (sub) =>
        sub
          .positional("paths", { type: "string", array: true, default: [] as string[] })
          .options(forecastOptions)
          .example("kubectl get … | $0 forecast - --complete", "the year of a dump")
          .example("$0 forecast dump.json --events what-if.json", "these events, in this order"),
      (args) => {
        found({
          command: "forecast",
          ...inputOf(args, args["--"]),
          ...stateOf(args),
          environment: environmentOf(args),
          horizon: lengthOf(args.horizon, "--horizon"),
          events: args.events,
          outputs: outputsOf(many(args.output), isForecastFormat, "text, json, ics and html"),
          color: args.color === "always" || args.color === "never" ? args.color : "auto",
          all: args.all,
        });
      },
    )
    .command(
      "rotation <action> [operands..]",
      "where a CA rotation stands, how to go on, and whether a plan is safe",
      (sub) =>
        sub
          .positional("action", {
            choices: ["status", "plan", "verify"] as const,
            demandOption: true,
            describe: "the phase; the steps to another CA; the proof that steps are safe",
          })
          .positional("operands", {
            type: "string",
            array: true,
            default: [] as string[],
            describe: "status: files; verify: the directories of the steps, in their order",
          })
          .options(rotationOptions)
          .example("$0 rotation status dump.json --complete", "the phase, and the next safe step")
          .example(
            "$0 rotation plan --to issuer/knative-ca-2 -o steps",
            "as files for kubectl apply",
          )
          .example("$0 rotation verify steps/*", "whether any handshake fails on the way"),
      (args) => {
        const { action, operands, output } = args;
        const isFormat = output === "text" || output === "json";
        if (!isFormat && action !== "plan")
          throw new UserError(`there is no output format ${output}`, "There are text and json.");
        const paths = action === "status" ? [...operands, ...args.in] : args.in;
        found({
          command: "rotation",
          action,
          ...inputOf({ ...args, paths }, []),
          ...stateOf(args),
          environment: environmentOf(args),
          json: output === "json",
          to: args.to,
          newCa: args.newCa,
          references: referencesOf(args.ref),
          directory: isFormat ? undefined : output,
          steps: action === "verify" ? operands : [],
          within: lengthOf(args.within, "--within"),
        });
      },
    );
}

function referencesOf(written: string | undefined): readonly IssuerReferenceKey[] | undefined {
  if (written === undefined) return undefined;
  const names = written.split(",").map((name) => name.trim());
  return names.map((name) => {
    const key = issuerReferenceKeys.find((one) => one === name);
    if (key) return key;
    throw new UserError(
      `--ref ${name} is no reference to an issuer`,
      `There are ${issuerReferenceKeys.join(", ")}.`,
    );
  });
}

const days: Readonly<Record<string, number>> = { h: 1 / 24, d: 1, w: 7, m: 30, y: 365 };

/** "90d" in milliseconds. */
function lengthOf(value: string, option: string): number {
  const { count, unit } = /^(?<count>\d+)(?<unit>[hdwmy])$/.exec(value)?.groups ?? {};
  const length = Number(count) * (days[unit ?? ""] ?? Number.NaN);
  if (!(length > 0 && length <= 3650))
    throw new UserError(
      `${option} ${value} is no length of time up to ten years`,
      "Write it as 36h, 90d, 18w or 1y.",
    );
  return length * 24 * 3_600_000;
}
