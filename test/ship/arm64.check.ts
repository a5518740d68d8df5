import { cpSync, existsSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { globSync } from "tinyglobby";
import { afterAll, describe, expect, it } from "vitest";
import { cleanMachine, has, runOn } from "./machine.ts";

const libraries = "/usr/aarch64-linux-gnu";
const emulated = has("qemu-aarch64", "--version") && existsSync(libraries);
if (!emulated)
  console.warn("skipped: linux arm64 is not run, as qemu-user and libc6-arm64-cross are not here");

describe.skipIf(!emulated)("the executable for linux arm64", () => {
  const home = cleanMachine();
  afterAll(() => {
    rmSync(home, { recursive: true });
  });

  it("does the main job, emulated, and again from what it kept", () => {
    const [archive = ""] = globSync("release/*_linux_arm64.tar.gz").map((path) => resolve(path));
    cpSync("examples/shop", `${home}/shop`, { recursive: true });
    expect(runOn(home, ["tar", "-xzf", archive])).toMatchObject({ code: 0 });
    const lint = () =>
      runOn(home, ["qemu-aarch64", "-L", libraries, "kubectl-knative_certs", "lint", "shop"]);
    const first = lint();
    expect(first).toMatchObject({ code: 1, err: "" });
    expect(first.out).toContain("KC201");
    expect(lint()).toEqual(first);
  });
});
