import { readFileSync } from "node:fs";
import { groupOf } from "../../rules/groups.ts";
import { isDerived } from "../../src/rule/facts.ts";
import type { Rule } from "../../src/rule/index.ts";

/** The sections of every page, in this order. */
export const headings = [
  "What it finds",
  "Why it matters",
  "Examples",
  "How to fix",
  "When to turn it off",
] as const;

/** fail: the rule finds fault. pass: it looked and found none. unknown: it could not look, and says why. */
const verdicts = ["fail", "pass", "unknown"] as const;
export type Verdict = (typeof verdicts)[number];

/** Words behind the verdict in the info string; those with a value are written `name=value`. */
const flags = [
  /** As with --complete. */
  "complete",
  /** The time to judge by, RFC 3339. */
  "now",
  /** What the file is called, where its name matters. */
  "file",
  /** Codes of further rules that run, with commas between them. */
  "with",
  /** Objects that exist elsewhere, as in `assume:` of the configuration file: KIND/NAME or KIND/NAMESPACE/NAME. */
  "assume",
  "knative",
  "cert-manager",
  "cluster-domain",
  /** Of a live cluster; kinds that must not be read, with commas between them. */
  "forbidden",
  /** Of a live cluster; kinds for which the API server did not answer. */
  "unanswered",
  /** A path that the command line names too, and which does not exist. */
  "absent",
  /** The block is a kustomization.yaml, rendered as with -k. */
  "kustomization",
] as const;
type Flag = (typeof flags)[number];

export interface Example {
  readonly verdict: Verdict;
  readonly flags: ReadonlyMap<Flag, string>;
  /** The file as it is called in the output. */
  readonly file: string;
  readonly text: string;
  /** "rules/issuers/issuer-missing.md:31". */
  readonly at: string;
}

export interface Page {
  readonly path: string;
  readonly text: string;
  readonly headings: readonly string[];
  /** Headings with nothing below them. */
  readonly empty: readonly string[];
  readonly examples: readonly Example[];
}

export function pathOf(rule: Pick<Rule, "code" | "id">): string {
  return `rules/${groupOf(rule.code) ?? ""}/${rule.id}.md`;
}

/** The page of a rule; undefined where there is no such file. */
export function readPage(rule: Rule): Page | undefined {
  const path = pathOf(rule);
  try {
    return parsePage(path, readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

export function parsePage(path: string, text: string): Page {
  const segments = segmentsOf(text);
  const prose = segments.map(({ type, text: part }) => (type === "prose" ? part : "block\n"));
  const sections = prose.join("").split(/^## /m).slice(1);
  return {
    path,
    text,
    headings: sections.map((section) => section.split("\n")[0] ?? ""),
    empty: sections.filter((section) => !/\n\s*\S/.test(section)),
    examples: segments.flatMap((segment) =>
      segment.type === "block" ? (exampleOf(segment, path) ?? []) : [],
    ),
  };
}

type Segment =
  | { readonly type: "prose"; readonly text: string }
  | { readonly type: "block"; readonly text: string; readonly info: string; readonly line: number };

/** A page as prose and fenced blocks; a block's text has no fences. */
function segmentsOf(text: string): readonly Segment[] {
  const parts = text.split(/^```(.*)\n([\s\S]*?)^```$\n?/m);
  const segments: Segment[] = [];
  let line = 1;
  for (let i = 0; i < parts.length; i += 3) {
    const [prose = "", info, body = ""] = parts.slice(i, i + 3);
    segments.push({ type: "prose", text: prose });
    line += linesIn(prose);
    if (info === undefined) continue;
    segments.push({ type: "block", text: body, info, line });
    line += linesIn(body) + 2;
  }
  return segments;
}

function linesIn(text: string): number {
  return text.split("\n").length - 1;
}

function exampleOf(
  { info, text, line }: Segment & { type: "block" },
  path: string,
): Example | undefined {
  const at = `${path}:${String(line)}`;
  const [language, verdictWord, ...words] = info.trim().split(/\s+/);
  const verdict = verdicts.find((one) => one === verdictWord);
  if (language === "text" && verdictWord === undefined) return undefined;
  if (!verdict || (language !== "yaml" && language !== "json"))
    throw new Error(`${at}: "${info}": say yaml or json, then ${verdicts.join(", ")}; or text`);
  const found = new Map(
    words.map((word) => {
      const [name = "", ...value] = word.split("=");
      const flag = flags.find((one) => one === name);
      if (!flag) throw new Error(`${at}: there is no flag ${name}; there are ${flags.join(", ")}`);
      return [flag, value.join("=")] as const;
    }),
  );
  const file = found.has("kustomization") ? "kustomization.yaml" : `example.${language}`;
  return { verdict, flags: found, file: found.get("file") ?? file, text, at };
}

const startOfHeader = "<!-- made from the declaration: npm run pages -->";
const endOfHeader = "<!-- end -->";

/** The page as it has to be: the header from the declaration, and below each example what the report says of it. */
export async function freshPage(
  rule: Rule,
  page: Page,
  outputOf: (example: Example) => Promise<string>,
): Promise<string> {
  const parts = [`${headerOf(rule)}\n\n`];
  for (const segment of withoutOutputs(segmentsOf(bodyOf(page.text)))) {
    if (segment.type === "prose") {
      parts.push(segment.text);
      continue;
    }
    parts.push(fenced(segment.info, segment.text));
    const example = exampleOf(segment, page.path);
    if (example && example.verdict !== "pass")
      parts.push("\n", fenced("text", await outputOf(example)));
  }
  return `${parts.join("").trimEnd()}\n`;
}

/** What the author wrote: the page without title and header. */
function bodyOf(text: string): string {
  const end = text.indexOf(endOfHeader);
  const body = end === -1 ? text.replace(/^# .*\n/, "") : text.slice(end + endOfHeader.length);
  return body.trimStart();
}

/** Leaves out each `text` block that stands right below an example, with the blank line between: the old output. */
function withoutOutputs(segments: readonly Segment[]): readonly Segment[] {
  const isOutput = (i: number) => {
    const [example, between, output] = segments.slice(Math.max(0, i - 2), i + 1);
    return (
      i >= 2 &&
      output?.type === "block" &&
      output.info.trim() === "text" &&
      between?.text.trim() === "" &&
      example?.type === "block" &&
      example.info.trim() !== "text"
    );
  };
  return segments.filter((_segment, i) => !isOutput(i) && !isOutput(i + 1));
}

function fenced(info: string, text: string): string {
  return `\`\`\`${info}\n${text.trimEnd()}\n\`\`\`\n`;
}

function headerOf(rule: Rule): string {
  const rows = [
    ["Severity", rule.severity],
    ["Since", rule.since],
    ["Reads", [...rule.reads].toSorted(factsFirst).join(", ")],
    ["Follows", rule.follows?.join(", ")],
    ["Holds for", rule.holdsFor],
    ["Source", rule.citation],
  ];
  return [
    `# ${rule.code} ${rule.id}`,
    startOfHeader,
    `> ${rule.summary}`,
    "",
    "| | |",
    "| --- | --- |",
    ...rows.flatMap(([name, value]) =>
      value ? [`| ${name ?? ""} | ${value.replaceAll("|", String.raw`\|`)} |`] : [],
    ),
    endOfHeader,
  ].join("\n");
}

function factsFirst(a: string, b: string): number {
  return Number(isFact(b)) - Number(isFact(a)) || (a < b ? -1 : 1);
}

function isFact(read: string): boolean {
  return isDerived(read) || read === "suppressions";
}
