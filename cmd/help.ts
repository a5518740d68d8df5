/**
 * Help as it is read: what the command does, examples, then the rest. The help of the program itself has no options:
 * there are a hundred lines of them, and they belong to its commands.
 */
export function arranged(help: string, program: string): string {
  const [usage = "", about = "", ...sections] = help.split("\n\n");
  const examples = sections.filter((section) => section.startsWith("Examples:\n"));
  const commands = sections.filter((section) => section.startsWith("Commands:\n"));
  const others =
    commands.length === 0
      ? sections.filter((section) => !examples.includes(section))
      : [
          ...commands,
          `${program} COMMAND --help lists the options of a command.\nWithout a command, those of check hold.`,
        ];
  return [usage, about, ...examples, ...others].join("\n\n");
}
