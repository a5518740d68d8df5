import { parseArgs } from "node:util";
import { parseCertificate } from "../../src/pki/certificate/parse.ts";
import { defaultProfile } from "../../src/pki/profile.ts";
import { mutants, survive } from "../support/pki/mutants.ts";
import { askGo, hasGo } from "./ask-go.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "200000" },
    seed: { type: "string", default: "1" },
  },
});

const [count, seed] = [Number(values.count), Number(values.seed)];
const { slowest, certificates } = survive(seed, count);
print(
  `${String(count)} mutated certificates, ${String(certificates)} still are some: no crash, the slowest took ${slowest.toFixed(0)} ms`,
);
if (slowest > 1000) process.exitCode = 1;
if (hasGo) await compareWithGo(40_000);
else print("skipped: Go was not asked which of them are certificates, as there is none here");

async function compareWithGo(most: number): Promise<void> {
  const ders = [...mutants(seed, Math.min(count, most))];
  const { go, answers } = await askGo<readonly string[]>(
    "parse",
    ders.map((der) => Buffer.from(der).toString("base64")),
  );
  const profile = go.startsWith("go1.26") ? "1.26" : defaultProfile;
  let agreed = 0;
  for (const [i, der] of ders.entries()) {
    const ours = parseCertificate(der, profile);
    if (ours.ok === (answers[i] === "")) agreed++;
    else
      print(
        `${Buffer.from(der).toString("base64")}: ${go} says "${answers[i] ?? ""}", we say "${ours.ok ? "" : ours.why}"`,
      );
  }
  print(
    `${go} agrees on ${String(agreed)}/${String(ders.length)} of them whether it is a certificate`,
  );
  if (agreed < ders.length) process.exitCode = 1;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
