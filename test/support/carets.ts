import { located } from "./located.ts";

interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A text without its marks ⟦ and ⟧, and where what stands between them is; counted by no code of the program. */
export function unmarked(marked: string): { readonly text: string; readonly range: Range } {
  const [before = "", within = ""] = marked.split(/[⟦⟧]/);
  const [line, column] = endOf(before);
  const [endLine, endColumn] = endOf(before + within);
  return { text: marked.replace(/[⟦⟧]/g, ""), range: { line, column, endLine, endColumn } };
}

/** Editors show no byte order mark, and count none. */
function endOf(text: string): readonly [line: number, column: number] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  return [lines.length, (lines.at(-1)?.length ?? 0) + 1];
}

/** The ranges of all findings of one message of a rule. */
export async function rangesOf(code: string, message: string, file: string, text: string) {
  const options = { complete: true, asked: { select: [code] } };
  const { findings } = await located({ [file]: text }, options);
  return findings.flatMap(({ messageId, location }): Range[] => {
    if (messageId !== message || !location) return [];
    const { line, column, endLine, endColumn } = location;
    return [{ line, column, endLine, endColumn }];
  });
}

/** Where the findings of a message are, and where they should be: one finding, at what is marked in the text. */
export async function caret(code: string, message: string, marked: string, file = "config.yaml") {
  const { text, range } = unmarked(marked);
  return { found: await rangesOf(code, message, file, text), wanted: [range] };
}

/** config-certmanager with these lines in its data. */
export function certManagerConfig(data: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: config-certmanager
  namespace: knative-serving
data:
${data}`;
}

export function reference(value: string): string {
  return certManagerConfig(`  issuerRef: ${value}`);
}

/** A reference with a field that none has, which KC106 points at. */
export const literal = `|
    kind: Issuer
    name: x
    ⟦namespace⟧: shop
`;
