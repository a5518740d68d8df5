/** What JSON.stringify leaves as it is, and what could steer a terminal, reorder a line or be invisible in one. */
const active = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffe\uffff]/gu;

/** The document as JSON that is harmless on a terminal and means the same: such characters can only be inside strings. */
export function inertJson(document: unknown): string {
  return JSON.stringify(document, undefined, 2).replaceAll(active, escaped);
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`,
  ).join("");
}
