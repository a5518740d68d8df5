import { goVerdicts, limboCases, ourVerdict, type LimboCase } from "../support/x509-limbo.ts";

const [casesFile, verdictsFile, version = "1.25"] = process.argv.slice(2);
if (casesFile === undefined || verdictsFile === undefined || !isVersion(version)) {
  process.stderr.write(
    "usage: npm run conformance -- CASES VERDICTS [1.25|1.26]\nCASES: x509-limbo's limbo.json. VERDICTS: a table as test/fixtures/x509/README.md describes it. Both may be gzipped.\n",
  );
  process.exit(2);
}

interface Row {
  agreed: number;
  total: number;
}

const verdicts = goVerdicts(verdictsFile, version);
const table = new Map<string, Row>();
const disagreements: string[] = [];
let skipped = 0;
const now = new Date();

for (const one of limboCases(casesFile)) {
  const said = verdicts.get(one.id);
  if (!said || said.verdict === "SKIPPED") {
    skipped++;
    continue;
  }
  const ours = ourVerdict(one, version, now);
  const agrees = (ours === "ok") === (said.verdict === "SUCCESS");
  if (!agrees)
    disagreements.push(`${one.id}: we say ${ours}, Go says ${said.verdict} ${said.error}`);
  for (const feature of featuresOf(one)) {
    const row = table.get(feature) ?? { agreed: 0, total: 0 };
    row.agreed += agrees ? 1 : 0;
    row.total++;
    table.set(feature, row);
  }
}

for (const [feature, { agreed, total }] of [...table].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  print(feature, `${String(agreed)}/${String(total)}`);
}
print(`skipped by Go ${version}'s harness`, String(skipped));
for (const line of disagreements) process.stdout.write(`${line}\n`);
process.exitCode = disagreements.length > 0 ? 1 : 0;

function print(what: string, count: string): void {
  process.stdout.write(`${what.padEnd(44)}${count}\n`);
}

/** All, the part of the suite that it belongs to, and what the case is marked with. */
function featuresOf({ id, features }: LimboCase): readonly string[] {
  const part = id.split("::").slice(0, -1).join("::");
  return ["all", part, ...features.map((feature) => `feature ${feature}`)];
}

function isVersion(text: string): text is "1.25" | "1.26" {
  return text === "1.25" || text === "1.26";
}
