import { execFileSync } from "node:child_process";
import { globSync } from "tinyglobby";
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { markdown } from "./table.ts";

interface Size {
  readonly name: string;
  readonly packed: number;
  readonly unpacked: number;
}

/** The released archive for the platform that this runs on. */
export function archiveHere(): string | undefined {
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  return globSync(`release/*_${process.platform}_${arch}.tar.gz`, { absolute: true })[0];
}

/**
 * What is downloaded and what lies on the disk, in MB and to kubectl's. `unpacked` holds the executable where there is
 * an archive.
 */
export function sizes(kubectl: string | undefined, unpacked: string): string {
  const archive = archiveHere();
  const [tarball] = globSync("release/*.tgz", { absolute: true });
  const all: readonly Size[] = [
    ...(kubectl === undefined ? [] : [kubectlSize(kubectl)]),
    ...(tarball === undefined
      ? []
      : [{ name: "npm package", packed: sizeOf(tarball), unpacked: bundleSize() }]),
    ...(archive === undefined
      ? []
      : [
          {
            name: "executable",
            packed: sizeOf(archive),
            unpacked: sizeOf(join(unpacked, "kubectl-knative_certs")),
          },
        ]),
  ];
  const base = kubectl === undefined ? undefined : all[0];
  return markdown([
    ["", "packed MB (to kubectl)", "unpacked MB (to kubectl)"],
    ...all.map((one) => [
      one.name,
      megabytes(one.packed, base?.packed),
      megabytes(one.unpacked, base?.unpacked),
    ]),
  ]);
}

function megabytes(size: number, of: number | undefined): string {
  return `${(size / 1e6).toFixed(1)}${of === undefined ? "" : ` (${(size / of).toFixed(2)})`}`;
}

function kubectlSize(kubectl: string): Size {
  const found = kubectl.includes("/")
    ? resolve(kubectl)
    : execFileSync("sh", ["-c", 'command -v "$0"', kubectl], { encoding: "utf8" }).trim();
  const bytes = readFileSync(realpathSync(found));
  return { name: "kubectl", packed: gzipSync(bytes, { level: 9 }).length, unpacked: bytes.length };
}

function bundleSize(): number {
  return readdirSync("dist").reduce((sum, name) => sum + sizeOf(join("dist", name)), 0);
}

function sizeOf(path: string): number {
  return statSync(path).size;
}
