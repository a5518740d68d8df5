import { thousands } from "../../model/thousands.ts";
import type { WorldHandshakes } from "../../show/endpoints.ts";
import { trustGraph, type GraphNode } from "../../show/trust-graph.ts";
import { tag, type Html } from "./html.ts";

const boxWidth = 190;
const boxHeight = 44;
const gapX = 70;
const gapY = 16;
const letters = 28;

/** Who signs, serves, dials and trusts: anchors on the left, dialers on the right. */
export function graphSection(worlds: readonly WorldHandshakes[] | undefined): Html {
  return tag`<section id="trust">
    <h2>Trust</h2>
    ${worlds ? drawings(worlds) : tag`<p>The handshakes were not worked out for this report.</p>`}
  </section>`;
}

function drawings(worlds: readonly WorldHandshakes[]): readonly Html[] {
  return worlds.map(({ name, handshakes }) =>
    handshakes.length === 0
      ? tag`<p>There are no handshakes${name === "" ? "" : ` in ${name}`}.</p>`
      : tag`${name === "" ? [] : tag`<h3>${name}</h3>`}${drawing(handshakes)}`,
  );
}

function drawing(handshakes: WorldHandshakes["handshakes"]): Html {
  const { columns, edges, left } = trustGraph(handshakes);
  const places = new Map<string, readonly [x: number, y: number]>();
  for (const [i, column] of columns.entries())
    for (const [j, { key }] of column.entries())
      places.set(key, [i * (boxWidth + gapX) + 10, j * (boxHeight + gapY) + 10]);
  const tallest = Math.max(...columns.map((column) => column.length));
  const width = columns.length * (boxWidth + gapX) - gapX + 20;
  const height = tallest * (boxHeight + gapY) + 10;
  const lines = edges.flatMap(({ from, to, type }) => {
    const start = places.get(from);
    const end = places.get(to);
    return start && end ? [edge(start, end, type)] : [];
  });
  return tag`<div class="scroll">
      <svg
        viewBox="0 0 ${width} ${height}"
        width="${width}"
        height="${height}"
        role="img"
        aria-label="who signs, serves, dials and trusts"
      >
        ${lines}${columns.flatMap((column) => column.map((node) => box(node, places.get(node.key) ?? [0, 0])))}
      </svg>
    </div>
    ${left > 0 ? tag`<p>and ${thousands(left)} more certificates, not drawn</p>` : []}`;
}

function edge(
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
  type: string,
): Html {
  const x1 = fromX + boxWidth;
  const y1 = fromY + boxHeight / 2;
  const y2 = toY + boxHeight / 2;
  const bend = (toX - x1) / 2;
  return tag`<path
    class="edge ${type}"
    d="M${x1} ${y1} C${x1 + bend} ${y1} ${toX - bend} ${y2} ${toX} ${y2}"
  ></path>`;
}

function box({ title, subtitle }: GraphNode, [x, y]: readonly [number, number]): Html {
  return tag`<g
    ><title>${title} ${subtitle}</title
    ><rect x="${x}" y="${y}" width="${boxWidth}" height="${boxHeight}" rx="6"></rect
    ><text x="${x + 8}" y="${y + 19}">${short(title)}</text
    ><text class="small" x="${x + 8}" y="${y + 35}">${short(subtitle)}</text></g
  > `;
}

function short(text: string): string {
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}
