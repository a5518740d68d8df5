import type { Argv } from "yargs";
import { analysisOf, plainAnalysis } from "./analysis-arguments.ts";
import { clusterOf } from "./cluster-arguments.ts";
import { explainOf } from "./explain-arguments.ts";
import { rbacOptions, snapshotOptions } from "./live-options.ts";
import { split } from "./many.ts";
import { explainOptions, rulesOptions } from "./options.ts";
import type { Request } from "./request.ts";
import { isShell, shells } from "./shells.ts";
import { UserError } from "./user-error.ts";

/** The commands that explain, and those that prepare. */
export function otherCommands(cli: Argv, found: (request: Request) => void): Argv {
  return cli
    .command(
      "explain <topic>",
      "what a rule finds and how to mend it, or why a certificate is not issued",
      (sub) =>
        sub
          .positional("topic", {
            type: "string",
            demandOption: true,
            describe: "code or id of a rule, or KIND/NAME of what to explain",
          })
          .options(explainOptions)
          .example("$0 explain KC301", "the page of a rule")
          .example("$0 explain ksvc/hello -n shop", "every certificate behind a service")
          .example("$0 explain certificate/knative-ca --in dump.yaml", "offline"),
      (args) => found(explainOf(args)),
    )
    .command(
      "rules",
      "list the rules",
      (sub) =>
        sub
          .options(rulesOptions)
          .example("$0 rules --select KC2", "those on issuers")
          .example("$0 rules -o json", "for programs"),
      ({ select, output }) => {
        found({
          command: "rules",
          select: split(select),
          format: output === "json" || output === "markdown" ? output : "text",
        });
      },
    )
    .command(
      "snapshot",
      "collect what a cluster holds into a file, without private keys, to be checked elsewhere",
      (sub) =>
        sub
          .options(snapshotOptions)
          .example("$0 snapshot -o prod.json.gz", "then: $0 check --from prod.json.gz"),
      (args) => {
        found({
          command: "snapshot",
          file: args.output,
          cluster: clusterOf(args),
          analysis: analysisOf({ ...plainAnalysis, ...args }),
        });
      },
    )
    .command(
      "rbac",
      "print the smallest ClusterRole with which the selected rules can be evaluated",
      (sub) =>
        sub
          .options(rbacOptions)
          .example("$0 rbac | kubectl apply -f -", "a role for every rule")
          .example("$0 rbac --select KC5 --name trust-only", "for the rules on trust"),
      (args) => {
        found({
          command: "rbac",
          name: args.name,
          watch: args.watch,
          analysis: analysisOf({ ...plainAnalysis, ...args }),
        });
      },
    )
    .command(
      "completion <shell>",
      "print a script that completes words in a shell, or for kubectl",
      (sub) =>
        sub
          .positional("shell", { type: "string", demandOption: true, describe: shells.join(", ") })
          .example("source <($0 completion bash)", "in ~/.bashrc, for the program's own name")
          .example("$0 completion kubectl", "a file kubectl_complete-knative_certs for the PATH"),
      ({ shell }) => {
        if (!isShell(shell))
          throw new UserError(
            `there is no completion for ${shell}`,
            `There is for ${shells.join(", ")}.`,
          );
        found({ command: "completion", shell });
      },
    )
    .command(
      "version",
      "print the version",
      (sub) => sub.example("$0 version", "to say in a report of a fault"),
      () => found({ command: "version" }),
    );
}
