import yargs, { type Argv } from "yargs";
import { isDiffFormat } from "../src/report/diff/formats.ts";
import { analysisOf, plainAnalysis } from "./analysis-arguments.ts";
import { changeOf, stateOf } from "./cluster-arguments.ts";
import { arranged } from "./help.ts";
import { waitOf } from "./wait-argument.ts";
import { colorOf, interactiveOf, outputsOf, reportOf } from "./report-arguments.ts";
import { last, many, standardInput, type Many } from "./many.ts";
import { checkOptions, diffOptions } from "./live-options.ts";
import { lintOptions } from "./options.ts";
import { complaint } from "./misspelt.ts";
import { otherCommands } from "./other-commands.ts";
import type { CheckRequest, InputRequest, Request } from "./request.ts";
import { timeCommands } from "./time-commands.ts";
import { trustCommands } from "./trust-commands.ts";
import { UserError } from "./user-error.ts";

/** What argv means: a request, or help to print. Throws UserError for what cannot be understood. */
export type Parsed = { readonly request: Request } | { readonly help: string };

/** Pure: no process, no disk. `program` is the name the user called, for the usage lines. */
export function parseCli(argv: readonly string[], program: string): Parsed {
  let request: Request | undefined;
  let help = "";
  const words = argv.map((word) => (word === "-" ? standardInput : word));
  const found: Found = (one) => {
    request = one;
  };
  const judging = commands(yargs(words), found);
  const ahead = timeCommands(trustCommands(judging, found, inputOf), found, inputOf);
  const cli = otherCommands(ahead, found)
    .scriptName(program)
    .usage(
      "$0 COMMAND\n\nWill TLS work in Knative: now, after this change, and through the next CA rotation?",
    )
    .example("$0", "the cluster of the current context")
    .example("$0 lint deploy/", "every manifest below deploy/")
    .example("$0 diff -f new.yaml", "what applying it to the cluster would break and mend")
    .example("$0 rotation status", "where a CA rotation stands, and the next safe step")
    .example("$0 explain KC201", "what a rule finds, and how to mend it")
    .locale("en")
    .middleware(withDashes)
    .exitProcess(false)
    .strict()
    .version(false)
    .help()
    .alias("help", "h")
    .parserConfiguration({
      "greedy-arrays": false,
      "parse-positional-numbers": false,
      "populate--": true,
    })
    .wrap(100)
    .fail((message, error) => {
      throw error instanceof UserError ? error : complaint(message || String(error), argv, program);
    });
  cli.parseSync(words, {}, (_error: unknown, _args: unknown, text: string) => {
    help = text;
  });
  if (request) return { request };
  return { help: arranged(help, program) };
}

type Found = (request: Request) => void;

function commands(cli: Argv, found: Found): Argv {
  return cli
    .command(
      "check [paths..]",
      "check a cluster (also without the word check), a snapshot, or files",
      (sub) =>
        sub
          .positional("paths", { type: "string", array: true, default: [] as string[] })
          .options(checkOptions)
          .example("$0 check --context production", "a cluster of the kubeconfig")
          .example("$0 check --from snapshot.json.gz", "what a cluster was, without asking it")
          .example("$0 check --all-contexts -o json", "every cluster in one report"),
      (args) => {
        found(checkOf(args, args["--"]));
      },
    )
    .command(
      "$0",
      false,
      (sub) => sub.options(checkOptions),
      (args) => {
        found(checkOf({ ...args, paths: [] }, args["--"]));
      },
    )
    .command(
      "diff [paths..]",
      "what a change breaks, mends and leaves: manifests on a cluster, or files against their base",
      (sub) =>
        sub
          .positional("paths", { type: "string", array: true, default: [] as string[] })
          .options(diffOptions)
          .example("$0 diff -f new.yaml", "what applying it to the cluster would do")
          .example("$0 diff --without clusterissuer/old", "what deleting it would do")
          .example("$0 diff --base git:main deploy/", "what this branch changes"),
      (args) => {
        found({
          command: "diff",
          ...inputOf(args, args["--"]),
          ...stateOf(args),
          ...changeOf(args),
          base: many(args.base),
          namespace: args.allNamespaces === true ? undefined : last(args.namespace),
          analysis: analysisOf({ ...plainAnalysis, ...args }),
          outputs: outputsOf(many(args.output), isDiffFormat, "text and json"),
          color: colorOf(args.color),
          all: args.all,
        });
      },
    )
    .command(
      "lint [paths..]",
      "check manifests offline: files, directories, globs, or - for standard input",
      (sub) =>
        sub
          .positional("paths", { type: "string", array: true, default: [] as string[] })
          .options(lintOptions)
          .example("$0 lint deploy/", "every manifest below deploy/")
          .example("kubectl get … | $0 lint - --complete", "a dump of all there is")
          .example("$0 lint . -o text -o sarif=out.sarif", "two formats in one run"),
      (args) => {
        found({
          command: "lint",
          ...inputOf(args, args["--"]),
          contextDirectory: args.changedSet ? args.contextDir : undefined,
          namespace: args.namespace,
          interactive: interactiveOf(args),
          analysis: analysisOf(args),
          report: reportOf(args),
        });
      },
    );
}

function checkOf(
  args: Parameters<typeof inputOf>[0] &
    Parameters<typeof stateOf>[0] &
    Parameters<typeof changeOf>[0] &
    Parameters<typeof analysisOf>[0] &
    Parameters<typeof reportOf>[0] & { readonly watch: boolean; readonly wait: Many },
  rest: unknown,
): CheckRequest {
  return {
    command: "check",
    watch: args.watch,
    wait: waitOf(last(args.wait)),
    interactive: many(args.output).length === 0,
    ...inputOf(args, rest),
    ...stateOf(args),
    ...changeOf(args),
    namespace: args.allNamespaces === true ? undefined : last(args.namespace),
    analysis: analysisOf(args),
    report: reportOf(args),
  };
}

function inputOf(
  args: {
    readonly paths: readonly string[];
    readonly kustomize: Many;
    readonly complete: boolean;
    readonly allowEmpty: boolean;
  },
  rest: unknown,
): InputRequest {
  return {
    paths: [...args.paths, ...behindDashes(rest)],
    kustomizations: many(args.kustomize),
    complete: args.complete,
    allowEmpty: args.allowEmpty,
  };
}

/** Puts "-" back where it was, in operands and in values of options. */
function withDashes(args: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(args))
    args[name] = Array.isArray(value) ? value.map(withDash) : withDash(value);
}

function withDash(value: unknown): unknown {
  return value === standardInput ? "-" : value;
}

/** What stands behind `--`. */
function behindDashes(rest: unknown): readonly string[] {
  return Array.isArray(rest) ? rest.map(String) : [];
}
