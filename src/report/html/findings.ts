import { thousands } from "../../model/thousands.ts";
import type { Excerpt, Location } from "../../model/location.ts";
import { nameOf } from "../../model/object.ts";
import type { LocatedFinding, LocatedReport } from "../../rule/report.ts";
import { distance } from "../../show/distance.ts";
import { groupBy } from "../../show/group-by.ts";
import { relatedText } from "../../show/related.ts";
import type { Root } from "../../show/roots.ts";
import { spot } from "../../show/spot.ts";
import { plural } from "../../show/summary.ts";
import type { ReportOptions } from "../options.ts";
import { tag, nothing, type Html } from "./html.ts";

const shown = 20;

export function findingsSection(
  roots: readonly Root[],
  report: LocatedReport,
  options: ReportOptions,
): Html {
  const groups = [...groupBy(roots, ({ finding }) => whereOf(finding))];
  return tag`<section id="findings">
    <h2>Findings</h2>
    ${report.crashes.map(({ code, message }) => tag`<p class="error">${code} crashed: ${message}</p>`)}
    ${roots.length === 0 ? tag`<p>No findings. See coverage for what was looked at.</p>` : controls()}
    ${groups.map(
      ([where, mine]) =>
        tag`<div class="group">
          <h3>${where}</h3>
          ${mine.map((root) => article(root, report.now, options))}
        </div> `,
    )}
  </section>`;
}

function controls(): Html {
  const boxes = ["error", "warning", "info"].map(
    (severity) =>
      tag`<label><input type="checkbox" value="${severity}" checked /> ${severity}</label>`,
  );
  return tag`<div class="filter" hidden>
    <input id="words" type="search" placeholder="filter" aria-label="filter" />${boxes}<span
      id="shown"
      class="quiet"
      aria-live="polite"
    ></span>
  </div>`;
}

function whereOf({ location, subject, world }: LocatedFinding): string {
  const cluster = world === "" ? "" : `${world}: `;
  if (location) return cluster + location.file;
  return `${cluster}${subject.namespace === "" ? "cluster-wide" : `namespace ${subject.namespace}`}`;
}

function article({ finding: one, consequences }: Root, now: string, options: ReportOptions): Html {
  const { severity, code, id, message, location, excerpt, subject } = one;
  const object = nameOf(subject);
  return tag`<article class="finding is-${severity}" data-severity="${severity}">
    <h4>
      <span class="${severity}"
        >${severity} <a href="${options.helpUrl(code)}" rel="noreferrer">${code}</a></span
      >
      ${message}
    </h4>
    <p class="quiet">${id} · <code>${location ? `${spot(location)} (${object})` : object}</code></p>
    ${location && excerpt ? source(location, excerpt) : nothing} ${notes(one, now, options)}
    ${consequencesOf(consequences, options)}
  </article> `;
}

const lineBreak: Html = { markup: "\n" };

/** The lines of the range, with the range marked; columns are of UTF-16 code units, as strings here have them. */
function source(location: Location, { firstLine, lines }: Excerpt): Html {
  const rows = lines.map((line, i) => {
    const number = firstLine + i;
    const start = number === location.line ? location.column - 1 : line.search(/\S|$/);
    const end = number === location.endLine ? location.endColumn - 1 : line.length;
    const from = Math.max(0, Math.min(start, line.length));
    const to = Math.max(from, Math.min(end, line.length));
    const gutter = tag`<span class="quiet">${String(number).padStart(4)} </span>`;
    const [before, within, after] = [line.slice(0, from), line.slice(from, to), line.slice(to)];
    return tag`${gutter}${before}<mark>${within}</mark>${after}${lineBreak}`;
  });
  return tag`<pre>${rows}</pre>`;
}

type Note = readonly [name: string, text: string];

function notes(one: LocatedFinding, now: string, { all }: ReportOptions): Html {
  const { consequence, from, remedy, evidence, handshakes, relatedLocations } = one;
  const broken = all ? handshakes : handshakes.slice(0, shown);
  const more = handshakes.length - broken.length;
  const rows: readonly Note[] = [
    ...(consequence === "" ? [] : [["breaks", consequence] as const]),
    ...broken.map((text): Note => ["breaks", text]),
    ...(more > 0 ? [["breaks", plural(more, "more handshake")] as const] : []),
    ...(from === undefined ? [] : [["from", `${from}, ${distance(from, now)}`] as const]),
    ...(remedy === "" ? [] : [["fix", remedy] as const]),
    ...evidence.map((text): Note => ["because", text]),
    ...relatedLocations.map((related): Note => ["see also", relatedText(related)]),
  ];
  if (rows.length === 0) return nothing;
  return tag`<dl>
    ${rows.map(
      ([name, text]) =>
        tag`<dt>${name}</dt>
          <dd>${text}</dd>`,
    )}
  </dl>`;
}

function consequencesOf(following: readonly LocatedFinding[], { all }: ReportOptions): Html {
  if (following.length === 0) return nothing;
  const listed = all ? following : following.slice(0, shown);
  const more = following.length - listed.length;
  return tag`<details>
    <summary>${plural(following.length, "more finding")} follow from it</summary>
    <ul>
      ${listed.map(
        ({ code, message, location, subject }) =>
          tag`<li>
            ${code} ${message}
            <code class="quiet">${location ? spot(location) : nameOf(subject)}</code>
          </li>`,
      )}${more > 0 ? tag`<li>and ${thousands(more)} more; --all lists them</li>` : nothing}
    </ul>
  </details>`;
}
