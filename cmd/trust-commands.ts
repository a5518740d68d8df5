import type { Argv } from "yargs";
import { isGraphFormat } from "../src/report/graph/formats.ts";
import { isHandshakesFormat } from "../src/report/handshakes/formats.ts";
import { environmentOf } from "./analysis-arguments.ts";
import { stateOf } from "./cluster-arguments.ts";
import { last, many } from "./many.ts";
import { graphOptions, handshakesOptions } from "./options.ts";
import { colorOf, outputsOf } from "./report-arguments.ts";
import type { Request } from "./request.ts";
import type { ReadInput } from "./time-commands.ts";

/** The commands that show who trusts whom: handshakes and graph. */
export function trustCommands(
  cli: Argv,
  found: (request: Request) => void,
  inputOf: ReadInput,
): Argv {
  return cli
    .command(
      "graph [paths..]",
      "draw who signs, serves, trusts and mounts what",
      (sub) =>
        sub
          .positional("paths", { type: "string", array: true, default: [] as string[] })
          .options(graphOptions)
          .example("$0 graph deploy/", "as Mermaid, which GitHub and GitLab draw")
          .example("$0 graph -n shop -o dot | dot -Tsvg", "around one namespace of the cluster"),
      (args) => {
        found({
          command: "graph",
          ...inputOf(args, args["--"]),
          ...stateOf(args),
          namespace: args.allNamespaces === true ? undefined : last(args.namespace),
          environment: environmentOf(args),
          outputs: outputsOf(many(args.output), isGraphFormat, "mermaid, dot and json"),
          all: args.all,
        });
      },
    )
    .command(
      "handshakes [paths..]",
      "every dialer and endpoint: whether TLS between them holds, until when, and why not",
      (sub) =>
        sub
          .positional("paths", { type: "string", array: true, default: [] as string[] })
          .options(handshakesOptions)
          .example("kubectl get … | $0 handshakes - --complete", "those of a dump")
          .example("$0 handshakes deploy/ -o json", "for programs"),
      (args) => {
        found({
          command: "handshakes",
          ...inputOf(args, args["--"]),
          ...stateOf(args),
          namespace: args.allNamespaces === true ? undefined : last(args.namespace),
          environment: environmentOf(args),
          outputs: outputsOf(many(args.output), isHandshakesFormat, "text, markdown and json"),
          color: colorOf(args.color),
          all: args.all,
        });
      },
    );
}
