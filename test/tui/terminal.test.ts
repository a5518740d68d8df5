import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "rolldown";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
// @ts-expect-error -- it has no types
import config from "../../rolldown.config.mjs";
import { noTerminal, openTerminal, type Terminal } from "../support/terminal.ts";

if (noTerminal !== undefined) console.log(`skipped: the screen in a terminal, as ${noTerminal}`);

const directory = mkdtempSync(join(tmpdir(), "knative-certs-terminal-"));
const program = join(directory, "dist/main.js");
const shop = join(directory, "shop");
let terminal: Terminal;

const plugin = (code: string): string => {
  const path = join(directory, "plugin.mjs");
  writeFileSync(path, `${code}\nexport default { name: "ours", rules: [] };\n`);
  return path;
};

const lint = (...more: readonly string[]): string =>
  ["node", program, "lint", "shop", "-i", "--select", "KC111,KC129,KC201,KC207", ...more].join(" ");

/** Runs the program from the shell. */
function start(command: string): void {
  terminal.type(command);
  terminal.keys("Enter");
}

/** That the shell has the terminal back as it was. */
async function isPlainAgain(): Promise<string> {
  const before = await terminal.shows(/\n\$\s*$/);
  terminal.type(`echo "ended $?"; stty -a | grep -o -- '-*icanon\\|-*echo '`);
  terminal.keys("Enter");
  const text = await terminal.shows(/ended \d+\s+icanon\s+echo/);
  expect(before).not.toContain("2 handshakes");
  expect(terminal.tmux("display-message", "-p", "#{alternate_on}").trim()).toBe("0");
  return text;
}

async function opened(): Promise<void> {
  await terminal.shows(/KC111.*external/);
  expect(terminal.tmux("display-message", "-p", "#{alternate_on}").trim()).toBe("1");
}

/** Runs it so that a signal can be sent to it. */
function startKillable(command: string): (signal: NodeJS.Signals) => void {
  start(`sh -c 'echo $$ > pid; exec ${command}'`);
  return (signal) => process.kill(Number(readFileSync(join(directory, "pid"), "utf8")), signal);
}

beforeAll(async () => {
  await build({ ...config, output: { ...config.output, dir: join(directory, "dist") } });
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe.skipIf(noTerminal !== undefined)("the screen in a terminal", () => {
  beforeEach(() => {
    cpSync("examples/shop", shop, { recursive: true });
    terminal = openTerminal(directory, [100, 30], { EDITOR: join(directory, "editor") });
  });
  afterEach(() => {
    terminal.close();
    rmSync(shop, { recursive: true });
  });

  it("opens, filters, opens a finding and its rule, and leaves the terminal as it was", async () => {
    start(lint());
    await opened();
    terminal.type("/kind:clusterissuer");
    await terminal.shows(/filter: kind:clusterissuer[^]*> KC201/);
    terminal.keys("Enter", "Enter");
    await terminal.shows(/error KC201 issuer-missing[^]*breaks: /);
    terminal.type("p");
    await terminal.shows(/rule KC201[^]*What it finds/);
    terminal.keys("Escape");
    await terminal.shows(/error KC201 issuer-missing/);
    terminal.type("q");
    expect(await isPlainAgain()).toContain("ended 1");
  });

  it.each(["shop", "documentation-page", "healthy"])("shows each view of %s", async (name) => {
    const rules = "KC101,KC111,KC128,KC129,KC201,KC207";
    cpSync(`examples/${name}`, join(directory, name), { recursive: true });
    start(`node ${program} lint ${name} -i --now 2026-12-01T00:00:00Z --select ${rules}`);
    for (const [view, pattern] of [
      ["findings", /error|info|No findings/],
      ["handshakes", / hold ·|no handshakes/],
      ["timeline", /events|is known here/],
      ["rotation", /nine steps/],
      ["coverage", /checks made/],
    ] as const) {
      const text = await terminal.shows(pattern);
      const shown = `${text.replaceAll(/ +$/gm, "").trimEnd()}\n`;
      await expect(shown).toMatchFileSnapshot(`golden/terminal-${name}-${view}.txt`);
      terminal.keys("Tab");
    }
  });

  it("fits into whatever size the terminal takes", async () => {
    start(lint());
    await opened();
    for (const [columns, rows] of [
      [60, 12],
      [200, 50],
      [60, 24],
      [100, 30],
    ] as const) {
      terminal.resize(columns, rows);
      const text = await terminal.shows(
        new RegExp(`^1 findings(?:.*\\n){${String(rows - 1)}}.*\\? help q quit\\s*$`),
      );
      const lines = text.trimEnd().split("\n");
      expect(lines).toHaveLength(rows);
      expect(text).toMatch(/^> KC111/m);
      expect(/ │ /.test(text)).toBe(columns >= 120);
    }
  });

  it("copies to the clipboard of the terminal", async () => {
    start(lint());
    await opened();
    terminal.type("y");
    await terminal.shows(/Copied\./);
    expect(terminal.tmux("show-buffer")).toContain("error KC111 external-tls-silently-off");
  });

  it("hands the terminal to the editor at the line, and reads everything again", async () => {
    const editor = join(directory, "editor");
    const mend = `sed -i 's/external-domain-tls: "true"/external-domain-tls: Enabled/'`;
    writeFileSync(editor, `#!/bin/sh\necho "editing $@"; read answer; ${mend} "$2"\n`);
    chmodSync(editor, 0o755);
    start(lint());
    await opened();
    terminal.type("e");
    await terminal.shows(/editing \+11 shop\/config\.yaml/);
    expect(terminal.tmux("display-message", "-p", "#{alternate_on}").trim()).toBe("0");
    terminal.keys("Enter");
    await terminal.shows(/^1 findings[^]*> KC201/);
    terminal.type("q");
    await isPlainAgain();
  });

  it("writes a suppression with its reason, and the finding is gone", async () => {
    start(lint());
    await opened();
    terminal.type("sknown to us");
    await terminal.shows(/reason: known to us/);
    terminal.keys("Enter");
    await terminal.shows(/Suppressed in .*\.knative-certs\.yaml/);
    expect(await terminal.shows(/1 suppressed/)).not.toMatch(/^. KC111/m);
    expect(readFileSync(join(shop, ".knative-certs.yaml"), "utf8")).toContain(
      "reason: known to us",
    );
  });

  it("saves a report, and overwrites nothing unasked", async () => {
    start(lint());
    await opened();
    terminal.type("w");
    await terminal.shows(/write report to: knative-certs\.html/);
    terminal.keys("Enter");
    await terminal.shows(/Wrote knative-certs\.html/);
    expect(readFileSync(join(directory, "knative-certs.html"), "utf8")).toContain(
      "<!doctype html>",
    );
    terminal.type("w");
    terminal.keys("Enter");
    await terminal.shows(/knative-certs\.html exists/);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("leaves the terminal as it was on %s", async (signal, code) => {
    const kill = startKillable(lint());
    await opened();
    kill(signal);
    expect(await isPlainAgain()).toContain(`ended ${String(code)}`);
  });

  it("lives on after SIGPIPE, and leaves the terminal as it was afterwards", async () => {
    const kill = startKillable(lint());
    await opened();
    kill("SIGPIPE");
    terminal.type("/kind:clusterissuer");
    await terminal.shows(/filter: kind:clusterissuer[^]*> KC201/);
    terminal.keys("Enter", "C-c");
    expect(await isPlainAgain()).toContain("ended 1");
  });

  it.each([
    ["an exception that nobody caught", `setTimeout(() => { throw new Error("boom"); }, 3000);`],
    [
      "a promise that nobody caught",
      `setTimeout(() => { void Promise.reject(new Error("boom")); }, 3000);`,
    ],
    ["the end of the process", `setTimeout(() => process.exit(3), 3000);`],
  ])("leaves the terminal as it was after %s", async (what, code) => {
    start(lint("--plugin", plugin(code)));
    await opened();
    const text = await isPlainAgain();
    expect(text).toContain("ended 3");
    if (what !== "the end of the process") {
      expect(text).toMatch(/error: boom\s+This is a fault of the program/);
      expect(text).not.toContain("    at ");
    }
  });

  it("says sentences on the normal screen for a screen reader", async () => {
    start(lint("--screen-reader"));
    await terminal.shows(/View findings, row 2 of \d+\.[^]*error KC111 external-tls-silently-off:/);
    expect(terminal.tmux("display-message", "-p", "#{alternate_on}").trim()).toBe("0");
    terminal.keys("Enter");
    await terminal.shows(/Page finding/);
    terminal.type("q");
    await isPlainAgain();
  });

  it("turns the wheel into arrow keys while it is there, and not afterwards", async () => {
    const raw = join(directory, "raw");
    terminal.tmux("pipe-pane", "-O", `cat > ${raw}`);
    start(lint());
    await opened();
    terminal.type("q");
    await isPlainAgain();
    const bytes = readFileSync(raw, "utf8");
    expect(bytes.indexOf("\u001b[?1007h")).toBeGreaterThan(-1);
    expect(bytes.lastIndexOf("\u001b[?1007l")).toBeGreaterThan(bytes.indexOf("\u001b[?1007h"));
  });

  it("opens only where there is a terminal", () => {
    let said = "";
    try {
      execFileSync(process.execPath, [program, "lint", shop, "-i"], {
        encoding: "utf8",
        stdio: "pipe",
      });
    } catch (error) {
      said = String(error);
    }
    expect(said).toContain("--interactive needs a terminal");
  });
});

describe("what lint loads", () => {
  it("is neither Ink nor React", () => {
    const show = `process.on("exit", () => process.stderr.write(Object.keys(require.cache).join("\\n"))); process.argv.splice(1, 0, ${JSON.stringify(program)}); require(${JSON.stringify(program)});`;
    const { stderr } = runNode(["-e", show, "lint", "examples/shop", "--fail-on", "never"]);
    const chunks = stderr.split("\n").filter((path) => path.endsWith(".js"));
    expect(chunks.length).toBeGreaterThan(3);
    for (const path of chunks)
      expect(readFileSync(path, "utf8")).not.toContain("react.transitional.element");
  });
});

function runNode(args: readonly string[]): { readonly stderr: string } {
  const out = execFileSync("sh", ["-c", `"$0" "$@" 2>&1 >/dev/null`, process.execPath, ...args], {
    encoding: "utf8",
  });
  return { stderr: out };
}
