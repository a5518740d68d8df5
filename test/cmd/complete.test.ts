import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build, type RolldownOptions } from "rolldown";
import { loadConfig } from "rolldown/config";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandTables } from "../../cmd/command-tables.ts";
import { kubeconfig, withApi } from "../support/api-server.ts";
import { ran, withFiles } from "../support/command-line.ts";

const objects = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "bank" } },
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } },
  ...["bank/ledger", "shop/hello"].map((path) => {
    const [namespace = "", name = ""] = path.split("/");
    return {
      apiVersion: "serving.knative.dev/v1",
      kind: "Service",
      metadata: { namespace, name },
    };
  }),
];

/** Words offered at the cursor, and the directive behind them. */
async function offered(...words: readonly string[]) {
  const { out } = await ran(["__complete", ...words]);
  const lines = out.trimEnd().split("\n");
  return { words: lines.slice(0, -1).map((line) => line.split("\t")[0]), directive: lines.at(-1) };
}

describe("completion", () => {
  it("knows every command and option of the help", async () => {
    const [, help = ""] = (await ran(["--help"])).out.split("\nCommands:\n");
    const named = [...help.matchAll(/^ {2}kubectl knative-certs (\w+)/gm)].map(
      ([, name = ""]) => name,
    );
    expect(named.toSorted()).toEqual(Object.keys(commandTables).toSorted());
    for (const [command, { options }] of Object.entries(commandTables)) {
      const { out } = await ran([command, "--help"]);
      const flags = [
        ...new Set([...out.matchAll(/^ {2,6}(?:-\w, )?--([\w-]+)/gm)].map(([, flag = ""]) => flag)),
      ];
      const shown = Object.keys(options).filter((name) => options[name]?.hidden !== true);
      expect([command, ...flags.filter((flag) => flag !== "help").toSorted()]).toEqual([
        command,
        ...shown.toSorted(),
      ]);
    }
  });

  it("offers commands first, by what is typed of them", async () => {
    expect((await offered("")).words).toEqual(Object.keys(commandTables));
    expect(await offered("li")).toEqual({ words: ["lint"], directive: ":4" });
  });

  it("offers the options of the command", async () => {
    expect((await offered("lint", "--write")).words).toEqual(["--write-baseline"]);
    expect((await offered("rules", "--")).words).toEqual(["--select", "--output"]);
  });

  it("offers what an option takes", async () => {
    expect((await offered("lint", "--fail-on", "")).words).toEqual([
      "error",
      "warning",
      "info",
      "never",
    ]);
    expect((await offered("lint", "-o", "sar")).words).toEqual(["sarif"]);
    expect((await offered("lint", "--select", "KC20")).words).toContain("KC201");
    expect((await offered("lint", "--select", "issuer-m")).words).toContain("issuer-missing");
    expect((await offered("lint", "--complete", "")).directive).toBe(":0");
  });

  it("offers rules and shells where they are operands, and files where those are", async () => {
    expect((await offered("explain", "KC111")).words).toEqual(["KC111"]);
    expect((await offered("completion", "")).words).toContain("fish");
    expect(await offered("lint", "exam")).toEqual({ words: [], directive: ":0" });
  });

  it("offers contexts of the kubeconfig, and nothing where there is none", async () => {
    const text = `apiVersion: v1
kind: Config
contexts:
  - { name: staging, context: { cluster: a, user: a } }
  - { name: production, context: { cluster: a, user: a } }
`;
    await withFiles({ config: text }, async (directory) => {
      const file = `${directory}/config`;
      const { words } = await offered("check", "--kubeconfig", file, "--context", "");
      expect(words).toEqual(["production", "staging"]);
      const missing = await offered("check", "--kubeconfig", `${file}-gone`, "--context", "");
      expect(missing.words).toEqual([]);
    });
  });

  it("offers namespaces and objects of the cluster that is named", async () => {
    await withApi({ objects }, async ({ server }) =>
      withFiles({ config: kubeconfig({ prod: server }) }, async (directory) => {
        const on = ["--kubeconfig", `${directory}/config`];
        expect(await offered("check", ...on, "-n", "")).toEqual({
          words: ["bank", "shop"],
          directive: ":4",
        });
        const explained = async (...words: readonly string[]) =>
          (await offered("explain", ...on, ...words)).words;
        expect(await explained("ksvc/")).toEqual(["ksvc/hello", "ksvc/ledger"]);
        expect(await explained("-n", "bank", "ksvc/")).toEqual(["ksvc/ledger"]);
        expect(await explained("ksvc/h")).toEqual(["ksvc/hello"]);
        expect(await explained("pod/")).toEqual([]);
      }),
    );
  });

  it("goes on behind a kind, without a space", async () => {
    expect(await offered("explain", "ksv")).toEqual({ words: ["ksvc/"], directive: ":6" });
    expect((await offered("rotation", "")).words).toEqual(["status", "plan", "verify"]);
    expect(await offered("rotation", "verify", "")).toEqual({ words: [], directive: ":0" });
  });

  it("says for which shells there is a script", async () => {
    const { code, err } = await ran(["completion", "tcsh"]);
    expect(code).toBe(2);
    expect(err).toContain("bash, zsh, fish, powershell, kubectl");
  });
});

function has(shell: string): boolean {
  return spawnSync(shell, ["--version"], { stdio: "ignore" }).status === 0;
}

describe("in a shell", () => {
  const directory = mkdtempSync(join(tmpdir(), "knative-certs-completion-"));
  const env = { ...process.env, PATH: `${directory}:${process.env["PATH"] ?? ""}`, CI: "1" };

  beforeAll(async () => {
    const { output, ...program } = (await loadConfig("rolldown.config.mjs")) as RolldownOptions;
    if (Array.isArray(output)) throw new Error("there is one output");
    await build({ ...program, output: { ...output, dir: join(directory, "dist") } });
    for (const name of ["kubectl-knative_certs", "knative-certs"])
      symlinkSync(join(directory, "dist/main.js"), join(directory, name));
    chmodSync(join(directory, "dist/main.js"), 0o755);
    const script = execFileSync(join(directory, "knative-certs"), ["completion", "kubectl"], {
      env,
    });
    writeFileSync(join(directory, "kubectl_complete-knative_certs"), script, { mode: 0o755 });
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  for (const shell of ["bash", "zsh", "fish"])
    if (!has(shell)) console.warn(`skipped: completion in ${shell}, as there is none here`);
  const kubectl = spawnSync("kubectl", ["version", "--client"], { stdio: "ignore" }).status === 0;
  if (!kubectl) console.warn("skipped: completion through kubectl, as there is none here");

  it.skipIf(!has("bash"))("bash completes", () => {
    const ask = `source <(knative-certs completion bash)
COMP_WORDS=(knative-certs lint --fail-on wa); COMP_CWORD=3; _knative_certs; echo "\${COMPREPLY[@]}"
COMP_WORDS=(knative-certs explain ksv); COMP_CWORD=2; _knative_certs; echo "\${COMPREPLY[@]}"`;
    expect(execFileSync("bash", ["-c", ask], { env, encoding: "utf8" })).toBe("warning\nksvc/\n");
  });

  it.skipIf(!has("zsh"))("zsh reads the script", () => {
    const ask =
      "autoload -Uz compinit; compinit -u -D; source <(knative-certs completion zsh); echo $_comps[kn-certs]";
    expect(execFileSync("zsh", ["-f", "-c", ask], { env, encoding: "utf8" })).toBe(
      "_knative_certs\n",
    );
  });

  it.skipIf(!has("fish"))("fish completes", () => {
    const ask =
      "knative-certs completion fish | source; complete -C 'knative-certs lint --fail-on wa'";
    expect(execFileSync("fish", ["-N", "-c", ask], { env, encoding: "utf8" })).toBe("warning\n");
  });

  it.skipIf(!kubectl)("kubectl completes", () => {
    const asked = execFileSync(
      "kubectl",
      ["__complete", "knative-certs", "lint", "--fail-on", "wa"],
      {
        env,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        cwd: resolve("."),
      },
    );
    expect(asked).toBe("warning\n:4\n");
  });
});
