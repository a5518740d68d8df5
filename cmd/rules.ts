import { groupOf, groups } from "../rules/groups.ts";
import { rules } from "../rules/index.ts";
import { presets } from "../rules/presets.ts";
import { selectRules } from "../src/engine/select.ts";
import { exitCodes } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { helpUrl } from "./pages.ts";
import type { RulesRequest } from "./request.ts";
import { ruleTable } from "./rule-table.ts";
import { UserError } from "./user-error.ts";

/** Lists the rules, as text, Markdown or JSON. */
export function listRules({ select, format }: RulesRequest, io: Io): number {
  const selected = selectRules(
    { rules, groups, presets },
    { select, ignore: [], severities: new Map() },
  );
  const [wrong] = selected.unknown;
  if (wrong !== undefined) throw new UserError(`there is no rule, group or preset ${wrong}`);
  const chosen = selected.rules.map(({ rule }) => rule);
  if (format === "json") {
    const list = chosen.map(
      ({ code, id, summary, severity, since, citation, holdsFor, reads }) => ({
        code,
        id,
        group: groupOf(code),
        summary,
        severity,
        since,
        citation,
        holdsFor: holdsFor ?? null,
        reads,
        help: helpUrl(code),
      }),
    );
    io.out(`${JSON.stringify({ version: 1, kind: "rules", rules: list }, null, 2)}\n`);
  } else if (format === "markdown") io.out(ruleTable(chosen));
  else
    io.out(
      chosen
        .map(
          ({ code, severity, id, summary }) =>
            `${code}  ${severity.padEnd(7)}  ${id.padEnd(36)}  ${summary}\n`,
        )
        .join(""),
    );
  return exitCodes.clean;
}
