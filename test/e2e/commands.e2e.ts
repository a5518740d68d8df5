import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silentlyOff } from "../support/command-line.ts";
import { shownCommands } from "../support/shown-commands.ts";
import { startCluster, type Cluster } from "./cluster.ts";
import { makeHealthy } from "./healthy.ts";
import { shellIn, type Shell } from "./shell.ts";

const pages = ["README.md", "docs/cluster.md"].map((page) => ({
  page,
  commands: shownCommands(readFileSync(page, "utf8")).filter((line) =>
    /^kubectl knative-certs\b/.test(line),
  ),
}));

const author = "-c user.name=somebody -c user.email=somebody@example.com";

let cluster: Cluster;
let shell: Shell;
beforeAll(async () => {
  execFileSync("npm", ["run", "--silent", "build"]);
  cluster = await startCluster();
  await makeHealthy(cluster);
  await cluster.apply(`apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: old-ca }
spec: { selfSigned: {} }
`);
  shell = shellIn(cluster);
  layOut(shell.directory);
  for (const command of [
    "kubectl config rename-context e2e production",
    `git init --quiet --initial-branch main && git add . && git ${author} commit --quiet -m Begin`,
  ]) {
    const { code, err } = shell.run(command);
    if (code !== 0) throw new Error(`${command}: ${err}`);
  }
});
afterAll(() => cluster?.stop());

/** The files that the pages speak of. */
function layOut(directory: string): void {
  cpSync("examples/shop", join(directory, "deploy"), { recursive: true });
  writeFileSync(join(directory, "new.yaml"), silentlyOff);
  const base = join(directory, "overlays/base");
  cpSync("examples/shop", base, { recursive: true });
  const files = globSync("*.yaml", { cwd: base }).map((name) => `- ${name}\n`);
  writeFileSync(join(base, "kustomization.yaml"), `resources:\n${files.join("")}`);
  const overlay = join(directory, "overlays/production");
  mkdirSync(overlay);
  writeFileSync(join(overlay, "kustomization.yaml"), "resources:\n- ../base\n");
}

const terminals = spawnSync("script", ["--version"], { stdio: "ignore" }).status === 0;
if (!terminals) console.warn("skipped: no screen is shown, as there is no script(1) here");

/** What opens a screen gets a terminal, and q; what never ends is ended. */
function asRun(command: string): string {
  if (command.includes(" -i "))
    return `(sleep 5; printf q) | timeout 90 script -qec "${command}" /dev/null`;
  if (command.includes(" --watch")) return `timeout 20 ${command}`;
  return command;
}

describe.each(pages)("every command of $page runs", ({ commands }) => {
  it.each(commands)("%s", (command) => {
    if (command.includes(" -i ") && !terminals) return;
    const { code, out, err } = shell.run(asRun(command));
    expect({ code, err }).toEqual({
      code: command.includes(" --watch") ? 124 : expect.toBeOneOf([0, 1]),
      err: expect.not.stringContaining("error"),
    });
    const [, file] = /-o (?:\w+=)?(\S+\.\w+)/.exec(command.replace("-o text", "")) ?? [];
    if (file === undefined) expect(out).not.toBe("");
    else expect(existsSync(join(shell.directory, file))).toBe(true);
  });
});
