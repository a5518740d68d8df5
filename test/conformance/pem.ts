import { readFileSync, writeFileSync } from "node:fs";
import { fingerprint, type Decoded } from "../support/pki/pem-corpus.ts";
import { pemTable, pemTexts } from "../support/pki/pem-decoded.ts";
import { askGo, hasGo } from "./ask-go.ts";

/** Writes the table of what Go decodes; with --check only compares it. */
if (hasGo) await run();
else process.stdout.write("skipped: Go was not asked about PEM, as there is none here\n");

async function run(): Promise<void> {
  const texts = pemTexts();
  const { go, answers } = await askGo<readonly Decoded[]>("pem", texts);
  const table = answers.map((answer, i) => `${fingerprint(texts[i] ?? "", answer)}\n`).join("");
  if (!process.argv.includes("--check")) writeFileSync(pemTable, table);
  const same = readFileSync(pemTable, "utf8") === table;
  const blocks = answers.reduce((sum, one) => sum + one.blocks.length, 0);
  process.stdout.write(
    `${pemTable} is ${same ? "" : "not "}what ${go} decodes: ${String(texts.length)} texts, ${String(blocks)} blocks\n`,
  );
  process.exitCode = same ? 0 : 1;
}
