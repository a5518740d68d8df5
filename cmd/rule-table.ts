import { groupOf } from "../rules/groups.ts";
import type { About } from "../src/rule/rule.ts";

/** rules/README.md: the table of all rules, made from their declarations. */
export function ruleTable(rules: readonly About[]): string {
  const rows = rules.map(
    ({ code, id, severity, summary }) =>
      `| [${code}](${groupOf(code) ?? ""}/${id}.md) | ${id} | ${severity} | ${summary} |`,
  );
  return [
    "# Rules",
    "",
    "Made by `kubectl knative-certs rules -o markdown`.",
    "",
    "| code | id | severity | finds |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
