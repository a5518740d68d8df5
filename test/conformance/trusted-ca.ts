import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boringCertificates } from "../../src/trust/readers/boring.ts";
import { checkedWhole } from "../../src/trust/readers/whole-key.ts";
import { random as makeRandom } from "../support/random.ts";
import { bootstrapWith } from "./envoy.ts";

/**
 * Texts that net-kourier would hand to its gateway: whether a real Envoy takes them for `trusted_ca`, or refuses its
 * whole configuration. Those that it should take are tried all at once, the others one by one.
 */
const [binary = ""] = process.argv.slice(2);
const pieces = JSON.parse(readFileSync("test/trust/readers/pieces.json", "utf8")) as readonly {
  readonly text: string;
}[];
const random = makeRandom(1);
const texts = new Set(pieces.map(({ text }) => text));
while (texts.size < 3000) {
  const some = Array.from(
    { length: random.int(2, 5) },
    () => pieces[random.int(0, pieces.length - 1)],
  );
  texts.add(some.map((piece) => piece?.text ?? "").join(""));
}
const handedOn = [...texts].filter((text) => text !== "" && !checkedWhole(text).refused);
const refused = handedOn.filter((text) => boringCertificates(text).panics !== undefined);
const taken = handedOn.filter((text) => boringCertificates(text).panics === undefined);
const sample = refused.slice(0, 60);
const wrong = [
  ...(takes(taken) ? [] : taken.filter((text) => !takes([text]))),
  ...sample.filter((text) => takes([text])),
];
process.stdout.write(
  `a real Envoy takes ${String(taken.length)} bundles and refuses ${String(sample.length)} that net-kourier hands on: ${String(wrong.length)} disagreements\n`,
);
for (const text of wrong.slice(0, 5)) process.stdout.write(`${JSON.stringify(text)}\n`);
process.exitCode = wrong.length === 0 && sample.length > 20 && taken.length > 100 ? 0 : 1;

function takes(bundles: readonly string[]): boolean {
  const directory = mkdtempSync(join(tmpdir(), "envoy-"));
  try {
    const config = join(directory, "envoy.json");
    const upstreams = bundles.map((trusted) => ({ port: 1, trusted, anyName: ["kn-routing"] }));
    writeFileSync(config, JSON.stringify(bootstrapWith(1, upstreams)));
    const { status } = spawnSync(binary, ["--mode", "validate", "-c", config, "-l", "off"], {
      stdio: "ignore",
    });
    return status === 0;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
