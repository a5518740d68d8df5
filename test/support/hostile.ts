import type { LocatedReport } from "../../src/rule/report.ts";
import { foundOf, reportOf } from "./reports.ts";

/** What somebody could put into a name or a value to make a terminal, a browser or a pull request do something. */
export const hostile: Readonly<Record<string, string>> = {
  "an ANSI sequence": "\u001b[2J\u001b[31mred\u001b[?1049h",
  "a C1 sequence": "\u009b2J\u009d52;c;AAAA\u009c",
  "an OSC 8 link": "\u001b]8;;http://evil.example\u0007click\u001b]8;;\u0007",
  "an OSC 52 copy": "\u001b]52;c;ZXZpbA==\u0007",
  "a device string": "\u001bP+q544e\u001b\\",
  "line breaks": "a\r\nb\u2028c\u2029d\u0085e\u000bf",
  "a backspace": "good\b\b\b\bevil",
  reordering: "\u202egpj.exe\u202c \u2066x\u2069 \u200f",
  "zero width": "a\u200bb\u200cc\u200dd\ufeffe\u2060f\u00adg",
  "invisible letters": "a\u3164b\u115fc\uffa0d\u034fe\u{e0041}f\ufe0fg",
  "piled marks": `Z${"\u0301\u0489\u20dd".repeat(60)}`,
  "a mark on nothing": "\u0338x",
  "lone surrogates": "a\ud800b\udc00c",
  "a tag": `<img src=x onerror="document.title='pwned'"><script>document.title='pwned'</script>`,
  "the end of a script": `</script></style></title><script>document.title='pwned'</script>`,
  "an attribute": `" onmouseover="document.title='pwned'" x='`,
  "an entity": "&lt;b&gt; &#x1b;[2J &amp;",
  "the end of CDATA": "]]><!--",
  Markdown: "[x](javascript:alert(1)) ![y](http://evil.example/z) **b** _i_ ~~s~~",
  "a Markdown table": "a | b |\n| --- |\n# head\n- item\n> quote",
  backticks: "```js\nalert(1)\n``` ` `` ````",
  "a mention": "@everyone #1 GH-1 evil/repo#1 www.evil.example someone@evil.example",
  "a workflow command": "\n::error::x%0A::stop-commands::y",
  "a metric": `"} 1\nevil_metric{a="b"} 2\\`,
  "a template": "${process.exit()} {{ evil }} %s %d",
  "one megabyte": "x".repeat(1_000_000),
  "a megabyte of marks": `a${"\u0301".repeat(500_000)}`,
};

/** A report in which every text that can come from outside is this one. */
export function reportWith(text: string): LocatedReport {
  const subject = { kind: text, namespace: text, name: text };
  const location = { file: text, line: 3, column: 2, endLine: 3, endColumn: 5, pointer: text };
  const excerpt = { firstLine: 3, lines: [text] };
  const related = [
    { location, object: null, note: text },
    { location: null, object: subject, note: `${text} and more` },
  ];
  const full = foundOf({
    subject,
    message: text,
    consequence: text,
    remedy: text,
    evidence: [text, text],
    handshakes: [text],
    location,
    excerpt,
    relatedLocations: related,
    world: text,
    fingerprint: "a".repeat(32),
  });
  return reportOf({
    worlds: [
      {
        name: text,
        objects: 1,
        coverage: {
          evaluated: 1,
          notEvaluated: [
            { code: "KC202", subject, why: text, rbac: text },
            { code: "KC203", subject: undefined, why: `${text} and more` },
          ],
        },
      },
      { name: "", objects: 0, coverage: { evaluated: 0, notEvaluated: [] } },
    ],
    findings: [
      full,
      { ...full, causes: [full.fingerprint], fingerprint: "b".repeat(32) },
      {
        ...full,
        severity: "warning",
        location: null,
        excerpt: undefined,
        fingerprint: "c".repeat(32),
      },
      { ...full, severity: "info", from: "2027-01-01T00:00:00Z", fingerprint: "d".repeat(32) },
      { ...full, accepted: "suppressed", fingerprint: "e".repeat(32) },
    ],
    crashes: [{ code: "KC204", world: text, subject, message: text, stack: text }],
    rules: [
      {
        code: "KC201",
        id: "issuer-missing",
        summary: text,
        severity: "error",
        since: "0.1.0",
        citation: text,
      },
    ],
  });
}
