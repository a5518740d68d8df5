import { thousands } from "../../model/thousands.ts";
import { endpointsOf, worstOf, type Endpoint, type WorldHandshakes } from "../../show/endpoints.ts";
import type { Component, Verdict } from "../../trust/handshake.ts";
import type { ReportOptions } from "../options.ts";
import { tag, nothing, type Html } from "./html.ts";

const shown = 2000;
const roleOf: Readonly<Record<Verdict, string>> = {
  holds: "good",
  fails: "error",
  unknown: "warning",
};

/** Every endpoint and what each dialer makes of it. */
export function matrixSection(
  worlds: readonly WorldHandshakes[] | undefined,
  { all }: ReportOptions,
): Html {
  return tag`<section id="handshakes">
    <h2>Handshakes</h2>
    ${worlds ? matrix(worlds, all) : tag`<p>The handshakes were not worked out for this report.</p>`}
  </section>`;
}

function matrix(worlds: readonly WorldHandshakes[], wantsAll: boolean): Html {
  const { all, dialers, counts } = endpointsOf(worlds);
  if (all.length === 0) return tag`<p>There are no handshakes.</p>`;
  const rows = wantsAll ? all : all.slice(0, shown);
  const more = all.length - rows.length;
  return tag`<p>
      <span class="error">${thousands(counts.fails)} fail</span>,
      <span class="warning">${thousands(counts.unknown)} unknown</span>,
      <span class="good">${thousands(counts.holds)} hold</span>
    </p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">endpoint</th>
            ${dialers.map((dialer) => tag`<th scope="col">${dialer}</th>`)}
            <th scope="col">because</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((endpoint) => row(endpoint, dialers))}
        </tbody>
      </table>
    </div>
    ${more > 0 ? tag`<p>and ${thousands(more)} more endpoints; --all lists them</p>` : nothing}`;
}

function row(endpoint: Endpoint, dialers: readonly Component[]): Html {
  const cells = dialers.map((dialer) => {
    const mine = endpoint.handshakes.filter((one) => one.dialer.component === dialer);
    if (mine.length === 0) return tag`<td class="quiet">·</td>`;
    const verdict = worstOf(mine);
    return tag`<td class="${roleOf[verdict]}">${verdict}</td>`;
  });
  const reason = endpoint.handshakes.find(({ verdict }) => verdict === endpoint.worst)?.reason;
  const until = endpoint.handshakes.flatMap((one) => (one.until === null ? [] : [one.until]));
  const [soonest] = until.toSorted((a, b) => Date.parse(a) - Date.parse(b));
  const remark = reason?.text ?? (soonest === undefined ? "" : `until ${soonest}`);
  return tag`<tr>
    <th scope="row">${endpoint.label}</th>
    ${cells}
    <td>${remark}</td>
  </tr> `;
}
