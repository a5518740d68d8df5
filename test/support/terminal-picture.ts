import anser, { type AnserJsonEntry } from "anser";

const column = 8.4;
const line = 19;
const margin = 16;
const bar = 34;
const background = "#16181d";
const foreground = "#d7dae0";

/** What picocolors writes, in the colours of a dark terminal; numbers as anser gives them. */
const palette: Readonly<Record<string, string>> = {
  "187, 0, 0": "#f2777a",
  "255, 85, 85": "#f2777a",
  "0, 187, 0": "#99cc99",
  "187, 187, 0": "#ffcc66",
  "255, 255, 85": "#ffcc66",
  "0, 0, 187": "#6699cc",
  "85, 85, 255": "#6699cc",
  "0, 187, 187": "#66cccc",
  "187, 0, 187": "#cc99cc",
};

/** An SVG of a terminal in which `command` has printed `output`, escapes included; as wide as its longest line. */
export function terminalPicture(command: string, output: string): string {
  const lines = [`$ ${command}`, ...output.trimEnd().split("\n")];
  const columns = Math.max(...lines.map((one) => anser.ansiToText(one).length));
  const width = Math.ceil(columns * column + 2 * margin);
  const height = bar + lines.length * line + margin;
  const rows = lines.map((one, i) => row(one, bar + (i + 1) * line - 5));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" viewBox="0 0 ${String(width)} ${String(height)}">
<title>${escaped(command)}</title>
<rect width="100%" height="100%" rx="8" fill="${background}"/>
<g fill="#4a4f5a"><circle cx="20" cy="18" r="6"/><circle cx="40" cy="18" r="6"/><circle cx="60" cy="18" r="6"/></g>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${foreground}">
${rows.join("\n")}
</g>
</svg>
`;
}

function row(text: string, y: number): string {
  let x = 0;
  const spans = anser.ansiToJson(text, { remove_empty: true }).map((entry) => {
    const at = margin + x * column;
    x += entry.content.length;
    return `<tspan x="${at.toFixed(1)}"${style(entry)}>${escaped(entry.content)}</tspan>`;
  });
  return `<text y="${String(y)}">${spans.join("")}</text>`;
}

function style({ fg, decorations }: AnserJsonEntry): string {
  const color = fg ? ` fill="${palette[fg] ?? foreground}"` : "";
  const bold = decorations.includes("bold") ? ' font-weight="bold"' : "";
  return `${color}${bold}${decorations.includes("dim") ? ' opacity="0.65"' : ""}`;
}

/** SVG collapses spaces, but not the non-breaking ones. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(" ", "\u{A0}");
}
