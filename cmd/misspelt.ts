import { nearest } from "../src/model/near.ts";
import { commandTables, type OptionTable } from "./command-tables.ts";
import { UserError } from "./user-error.ts";

const everyOption: OptionTable = Object.fromEntries(
  Object.values(commandTables).flatMap(({ options }) => Object.entries(options)),
);

/** What yargs complains of, in words, with what the user may have meant. */
export function complaint(message: string, argv: readonly string[], program: string): UserError {
  const command = argv.find((word) => Object.hasOwn(commandTables, word));
  const help = `See ${[program, command, "--help"].filter(Boolean).join(" ")}.`;
  const options = commandTables[command ?? "check"]?.options ?? {};
  const [, words = ""] = /^Unknown (?:argument|command)s?: (.*)$/.exec(message) ?? [];
  const [word = ""] = words.split(", ");
  if (word !== "") return unknown(word, argv, command, options, help);
  return notAChoice(message, options) ?? new UserError(message, help);
}

function notAChoice(message: string, options: OptionTable): UserError | undefined {
  const { argument, given, choices } =
    /Argument: (?<argument>\S+), Given: "(?<given>[^]*)", Choices: (?<choices>.*)/.exec(message)
      ?.groups ?? {};
  if (argument === undefined || given === undefined || choices === undefined) return undefined;
  const named = Object.hasOwn(options, argument) ? `--${argument}` : argument;
  const known = choices.replaceAll('"', "");
  return new UserError(
    `${named} cannot be ${given}`,
    didYouMean(given, known.split(", "), "") ?? `It is one of ${known}.`,
  );
}

function unknown(
  word: string,
  argv: readonly string[],
  command: string | undefined,
  options: OptionTable,
  help: string,
): UserError {
  if (!argv.some((one) => one === word || (one.startsWith(word) && !one.startsWith("-"))))
    return new UserError(
      `there is no option --${word}${command === undefined ? "" : ` of ${command}`}`,
      didYouMean(word, Object.keys(options), "--") ??
        didYouMean(word, Object.keys(everyOption), "--") ??
        help,
    );
  return command === undefined
    ? new UserError(
        `there is no command ${word}`,
        didYouMean(word, Object.keys(commandTables), "") ?? help,
      )
    : new UserError(`${command} takes no ${word}`, help);
}

function didYouMean(word: string, known: readonly string[], dashes: string): string | undefined {
  const meant = nearest(word, known);
  return meant === undefined ? undefined : `Did you mean ${dashes}${meant}?`;
}
