import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { fingerprint } from "../../support/pki/pem-corpus.ts";
import { decoded, pemTable, pemTexts } from "../../support/pki/pem-decoded.ts";

it("decodes every text of the table as Go does", () => {
  const table = readFileSync(pemTable, "utf8").trimEnd().split("\n");
  const texts = pemTexts();
  expect(table).toHaveLength(texts.length);
  const wrong = texts.filter((text, i) => fingerprint(text, decoded(text)) !== table[i]);
  expect(wrong).toEqual([]);
});
