import { thousands } from "../../model/thousands.ts";
import type { LocatedReport } from "../../rule/report.ts";
import { distance } from "../../show/distance.ts";
import type { WorldHandshakes } from "../../show/endpoints.ts";
import { momentsOf, type Moment } from "../../show/moments.ts";
import { tag, type Html } from "./html.ts";

const shown = 200;
const width = 1000;
const height = 90;
const day = 24 * 60 * 60 * 1000;

/** What will happen if no object changes: an axis, and a table below it. */
export function timelineSection(report: LocatedReport, worlds: readonly WorldHandshakes[]): Html {
  const moments = momentsOf(report, worlds);
  const more = moments.length - shown;
  return tag`<section id="timeline">
    <h2>Timeline</h2>
    ${
      moments.length === 0
        ? tag`<p>Nothing that is known here has a time.</p>`
        : tag`${axis(moments, report.now)}
            <div class="scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">when</th>
                    <th scope="col"></th>
                    <th scope="col">what</th>
                  </tr>
                </thead>
                <tbody>
                  ${moments.slice(0, shown).map(
                    ({ at, type, text, world }) =>
                      tag`<tr>
                        <td>${at}<br /><span class="quiet">${distance(at, report.now)}</span></td>
                        <td class="${type === "breaks" ? "error" : "warning"}">${type}</td>
                        <td>${world === "" ? "" : `${world}: `}${text}</td>
                      </tr> `,
                  )}
                </tbody>
              </table>
            </div>
            ${more > 0 ? tag`<p>and ${thousands(more)} more</p>` : []}`
    }
  </section>`;
}

/** Time as the square root of the distance, so that tomorrow and next year are both to be seen. */
function axis(moments: readonly Moment[], now: string): Html {
  const start = Date.parse(now);
  const farthest = Math.max(day, ...moments.map(({ at }) => Date.parse(at) - start));
  const x = (at: number) => 10 + Math.sqrt(Math.max(0, at - start) / farthest) * (width - 20);
  const marks = [1, 7, 30, 90, 365, 1825].filter((days) => days * day <= farthest);
  return tag`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="timeline">
    <line class="axis" x1="10" x2="${width - 10}" y1="50" y2="50"></line>
    <text class="small" x="10" y="80">now</text>
    ${marks.map(
      (days) =>
        tag`<text class="small" x="${x(start + days * day).toFixed(0)}" y="80">${days} d</text>`,
    )}
    ${moments.map(
      ({ at, type, text }) =>
        tag`<circle class="${type}" cx="${x(Date.parse(at)).toFixed(1)}" cy="50" r="6"
          ><title>${at} ${text}</title></circle
        >`,
    )}
  </svg>`;
}
