import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cleanMachine, has, runOn } from "./machine.ts";

/** The newest that the Go module proxy has. */
const version = "v0.4.3";
const cache = resolve("node_modules/.release/krew");
const krew = builtKrew();

/** The real krew, built once; undefined, with the reason printed, where it cannot be. */
function builtKrew(): string | undefined {
  const program = join(cache, version, "kubectl-krew");
  if (existsSync(program)) return program;
  mkdirSync(join(cache, version), { recursive: true });
  const module = join(cache, "module");
  rmSync(module, { recursive: true, force: true });
  mkdirSync(module);
  const steps = [
    ["mod", "init", "krew"],
    ["get", `sigs.k8s.io/krew/cmd/krew@${version}`],
    ["build", "-o", program, "sigs.k8s.io/krew/cmd/krew"],
  ];
  for (const step of steps) {
    const { status, stderr, error } = spawnSync("go", step, { cwd: module, encoding: "utf8" });
    if (status === 0) continue;
    const why = error?.message ?? stderr.trim().split("\n").at(-1);
    console.warn(`skipped: krew itself installs nothing, as it cannot be built here: ${why ?? ""}`);
    return undefined;
  }
  return program;
}

const kubectl = has("kubectl", "version", "--client");
if (!kubectl) console.warn("skipped: krew itself installs nothing, as there is no kubectl here");
const linux = process.platform === "linux" && process.arch === "x64";
if (!linux) console.warn("skipped: krew itself installs nothing, as README does so on linux amd64");

describe.skipIf(!krew || !kubectl || !linux)("krew", () => {
  const home = cleanMachine();
  afterAll(() => {
    rmSync(home, { recursive: true });
  });

  it("installs by the command of README what kubectl then runs", () => {
    const programs = join(home, "programs");
    mkdirSync(programs);
    symlinkSync(krew ?? "", join(programs, "kubectl-krew"));
    symlinkSync(resolve("release"), join(home, "release"));
    cpSync("examples/shop", join(home, "shop"), { recursive: true });
    const path = [programs, join(home, ".krew/bin")];
    const command = /^ {4}(kubectl krew .*)$/m.exec(readFileSync("README.md", "utf8"))?.[1] ?? "";
    const installed = runOn(home, ["bash", "-c", command], { path });
    expect(installed.err).toContain("Installed plugin: knative-certs");
    expect(installed.code).toBe(0);
    const { code, out } = runOn(home, ["kubectl", "knative-certs", "lint", "shop"], { path });
    expect(code).toBe(1);
    expect(out).toContain("KC201");
  });
});
