import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "rolldown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
// @ts-expect-error -- it has no types
import config from "../../rolldown.config.mjs";
import { largeSnapshot } from "../support/large-snapshot.ts";
import { noTerminal, openTerminal, type Terminal } from "../support/terminal.ts";

const namespaces = 5000;
/** Milliseconds; a busy machine needs minutes. */
const patience = 600_000;
if (noTerminal !== undefined)
  console.log(`skipped: the screen of a large cluster, as ${noTerminal}`);

const directory = mkdtempSync(join(tmpdir(), "knative-certs-large-"));
let terminal: Terminal;

afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe.skipIf(noTerminal !== undefined)("a snapshot with 5,000 namespaces", () => {
  beforeAll(async () => {
    await build({ ...config, output: { ...config.output, dir: join(directory, "dist") } });
    writeFileSync(join(directory, "large.json"), largeSnapshot(namespaces));
    terminal = openTerminal(directory, [120, 30], {}, patience);
  });
  afterAll(() => {
    terminal.close();
  });

  it("is on the screen, every view of it", { timeout: 2 * patience }, async () => {
    const start = performance.now();
    terminal.type(
      `sh -c 'echo $$ > pid; exec node ${directory}/dist/main.js check --from large.json --select KC206,KC309,KC501'`,
    );
    terminal.keys("Enter");
    await expect(masked(await terminal.shows(/^2\/\d+ · [^]*error KC/m))).toMatchFileSnapshot(
      golden("findings"),
    );
    const first = performance.now();
    terminal.keys("Enter");
    await expect(masked(await terminal.shows(/finding · /))).toMatchFileSnapshot(golden("finding"));
    for (const [key, name, pattern] of [
      ["2", "handshakes", /FAILS/],
      ["3", "timeline", /of [\d,]+ events/],
      ["4", "rotation", /next: /],
      ["5", "coverage", /checks made/],
    ] as const) {
      terminal.type(key);
      await expect(masked(await terminal.shows(pattern))).toMatchFileSnapshot(golden(name));
    }
    const pid = readFileSync(join(directory, "pid"), "utf8").trim();
    console.log(
      `first screen after ${((first - start) / 1000).toFixed(1)} s; most memory: ${memoryOf(pid)}`,
    );
    terminal.type("q");
    await terminal.shows(/\n\$\s*$/);
  });
});

function golden(name: string): string {
  return `golden/large-${name}.txt`;
}

/** Signatures, and with them fingerprints, are new each time. */
function masked(text: string): string {
  const shown = text.replaceAll(/\([0-9a-f]{12}\)/g, "(fingerprint)").replaceAll(/ +$/gm, "");
  return `${shown.trimEnd()}\n`;
}

/** The most that a process ever had, as Linux tells; elsewhere what it has now. */
function memoryOf(pid: string): string {
  try {
    return /VmHWM:\s*(.*)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "not known";
  } catch {
    return `${execFileSync("ps", ["-o", "rss=", "-p", pid], { encoding: "utf8" }).trim()} kB`;
  }
}
