import { thousands } from "../../model/thousands.ts";
import { nameOf } from "../../model/object.ts";
import { ratioOf, type LocatedReport } from "../../rule/report.ts";
import { groupBy } from "../../show/group-by.ts";
import { coverageOf, plural } from "../../show/summary.ts";
import { tag, type Html } from "./html.ts";

const shown = 50;

/** What was not looked at, by reason. */
export function coverageSection(report: LocatedReport): Html {
  const coverage = coverageOf(report);
  const { evaluated, notEvaluated } = coverage;
  const all = evaluated + notEvaluated.length;
  const percent = Math.floor(ratioOf(coverage) * 100);
  const reasons = [...groupBy(notEvaluated, ({ why }) => why)];
  return tag`<section id="coverage">
    <h2>Coverage</h2>
    <p>
      ${
        all === 0
          ? "Nothing to check: no rule applies to this input."
          : `${thousands(evaluated)} of ${plural(all, "check")} made (${String(percent)} %).`
      }
    </p>
    ${reasons.map(([why, gaps]) => {
      const subjects = [
        ...new Set(gaps.flatMap(({ subject }) => (subject ? [nameOf(subject)] : []))),
      ];
      const rbac = [...new Set(gaps.flatMap((gap) => (gap.rbac === undefined ? [] : [gap.rbac])))];
      const codes = [...new Set(gaps.map(({ code }) => code))].join(" ");
      const more = subjects.length - shown;
      return tag`<details>
        <summary>
          ${plural(gaps.length, "check")} not evaluated:
          ${why}${rbac.length > 0 ? `; needs ${rbac.join("; ")}` : ""}
        </summary>
        <p>${codes}</p>
        <ul>
          ${subjects.slice(0, shown).map((subject) => tag`<li><code>${subject}</code></li>`)}
        </ul>
        ${more > 0 ? tag`<p>and ${thousands(more)} more</p>` : []}
      </details> `;
    })}
  </section>`;
}
