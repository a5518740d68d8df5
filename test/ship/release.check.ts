import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { extract } from "tar-stream";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { cleanMachine, has, runOn } from "./machine.ts";

const directory = resolve("release");
const names = readdirSync(directory);
const machines: string[] = [];

function machine(): string {
  const one = cleanMachine();
  machines.push(one);
  cpSync("examples/shop", join(one, "shop"), { recursive: true });
  return one;
}

afterAll(() => {
  for (const one of machines) rmSync(one, { recursive: true });
});

interface Packed {
  readonly name: string;
  readonly mode: number | undefined;
  readonly content: Buffer;
}

async function unpacked(archive: string): Promise<readonly Packed[]> {
  const bytes = readFileSync(join(directory, archive));
  if (archive.endsWith(".zip"))
    return Object.entries(unzipSync(bytes)).map(([name, content]) => ({
      name,
      mode: undefined,
      content: Buffer.from(content),
    }));
  const files: Packed[] = [];
  const tar = extract();
  tar.end(gunzipSync(bytes));
  for await (const entry of tar) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry) if (chunk instanceof Uint8Array) chunks.push(chunk);
    files.push({
      name: entry.header.name,
      mode: entry.header.mode,
      content: Buffer.concat(chunks),
    });
  }
  return files;
}

interface Platform {
  readonly uri: string;
  readonly sha256: string;
  readonly bin: string;
  readonly selector: { readonly matchLabels: { readonly os: string; readonly arch: string } };
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly version: string;
    readonly shortDescription: string;
    readonly description: string;
    readonly homepage: string;
    readonly platforms: readonly Platform[];
  };
}

const manifest: Manifest = parse(readFileSync(join(directory, "krew-manifest.yaml"), "utf8"));
const here = {
  os: process.platform === "win32" ? "windows" : process.platform,
  arch: process.arch === "x64" ? "amd64" : process.arch,
};
const archiveOf = ({ uri }: Platform) => uri.slice(uri.lastIndexOf("/") + 1);
const mine = manifest.spec.platforms.find(
  ({ selector: { matchLabels } }) => matchLabels.os === here.os && matchLabels.arch === here.arch,
);

describe("the release", () => {
  it("has a checksum for every file", () => {
    const lines = readFileSync(join(directory, "checksums.txt"), "utf8").trim().split("\n");
    const sums = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
    const files = names.filter((name) => /\.(tgz|gz|zip|json)$/.test(name));
    expect([...sums.keys()].toSorted()).toEqual(files.toSorted());
    for (const [name, sum] of sums)
      expect(
        createHash("sha256")
          .update(readFileSync(join(directory, name)))
          .digest("hex"),
      ).toBe(sum);
  });

  it.each(names.filter((name) => /\.(tar\.gz|zip)$/.test(name)))(
    "%s holds the program, its licence and those of its parts",
    async (name) => {
      const files = await unpacked(name);
      const program = files.find((file) => file.name.startsWith("kubectl-knative_certs"));
      expect(files.map((file) => file.name).toSorted()).toEqual(
        [
          "LICENSE",
          "LICENSE.node",
          program?.name ?? "",
          "licenses.txt",
          "sbom.cdx.json",
        ].toSorted(),
      );
      expect(program?.content.length).toBeGreaterThan(50e6);
      if (program?.mode !== undefined) expect(program.mode & 0o111).toBe(0o111);
      // No path of the building machine.
      for (const { content } of files) expect(content.includes(resolve("."))).toBe(false);
    },
  );
});

describe("an executable for macOS", () => {
  const archives = names.filter((name) => name.includes("_darwin_"));

  /** The system compares the hash of each page with the one in the signature before it runs it. */
  it.each(archives)("%s is signed, page by page", async (name) => {
    const files = await unpacked(name);
    const file = files.find((one) => one.name === "kubectl-knative_certs")?.content ?? Buffer.of();
    const signature = file.subarray(signatureOffset(file));
    expect(signature.readUInt32BE(0)).toBe(0xfade0cc0);
    const code = signature.subarray(signature.readUInt32BE(16));
    expect(code.readUInt32BE(0)).toBe(0xfade0c02);
    const hashes = code.subarray(code.readUInt32BE(16));
    const limit = code.readUInt32BE(32);
    expect(limit).toBe(file.length - signature.length);
    const pages = code.readUInt32BE(28);
    expect(pages).toBe(Math.ceil(limit / 4096));
    const wrong = Array.from({ length: pages }, (_, page) => page).filter((page) => {
      const bytes = file.subarray(page * 4096, Math.min((page + 1) * 4096, limit));
      const hash = createHash("sha256").update(bytes).digest();
      return !hash.equals(hashes.subarray(32 * page, 32 * page + 32));
    });
    expect(wrong).toEqual([]);
  });
});

/** Where LC_CODE_SIGNATURE says that the signature begins. */
function signatureOffset(file: Buffer): number {
  let at = 32;
  for (let i = 0; i < file.readUInt32LE(16); i++) {
    if (file.readUInt32LE(at) === 0x1d) return file.readUInt32LE(at + 8);
    at += file.readUInt32LE(at + 4);
  }
  throw new Error("there is no LC_CODE_SIGNATURE");
}

describe("the krew manifest", () => {
  it("is valid by krew's own rules (pkg/index/types.go, internal/index/validation/validate.go)", () => {
    expect(manifest.apiVersion).toBe("krew.googlecontainertools.github.com/v1alpha2");
    expect(manifest.kind).toBe("Plugin");
    expect(manifest.metadata.name).toMatch(/^[\w-]+$/);
    expect(manifest.spec.version).toMatch(/^v\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(manifest.spec.shortDescription).toMatch(/^[^\n]{1,50}$/);
    expect(manifest.spec.description.split("\n").every((line) => line.length <= 80)).toBe(true);
    expect(manifest.spec.homepage).toMatch(/^https:/);
    expect(manifest.spec.platforms).toHaveLength(5);
    for (const platform of manifest.spec.platforms) {
      expect(Object.keys(platform).toSorted()).toEqual(["bin", "selector", "sha256", "uri"]);
      expect(platform.sha256).toMatch(/^[a-f0-9]{64}$/);
      expect(platform.uri).toMatch(/\.(zip|tar\.gz)$/);
      expect(Object.keys(platform.selector.matchLabels).toSorted()).toEqual(["arch", "os"]);
    }
  });

  it("names the archives that were made, and the program in each", async () => {
    for (const platform of manifest.spec.platforms) {
      const archive = archiveOf(platform);
      const bytes = readFileSync(join(directory, archive));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(platform.sha256);
      const files = await unpacked(archive);
      expect(files.map(({ name }) => name)).toContain(platform.bin);
      expect(files.map(({ name }) => name)).toContain("LICENSE");
    }
  });

  const kubectl = has("kubectl", "version", "--client");
  if (!kubectl) console.warn("skipped: nothing is run through kubectl, as there is none here");
  if (!mine) console.warn(`skipped: no executable is made for ${here.os} ${here.arch}`);

  /** As krew does: unpacked into its store, and linked into its directory of programs. */
  it.skipIf(!kubectl || !mine)("installs what kubectl runs", async () => {
    const home = machine();
    const store = join(home, ".krew/store/knative-certs", manifest.spec.version);
    const programs = join(home, ".krew/bin");
    mkdirSync(store, { recursive: true });
    mkdirSync(programs, { recursive: true });
    for (const { name, content, mode = 0o644 } of await unpacked(mine ? archiveOf(mine) : ""))
      writeFileSync(join(store, name), content, { mode });
    symlinkSync(join(store, mine?.bin ?? ""), join(programs, "kubectl-knative_certs"));
    const kubectlRun = (...args: readonly string[]) =>
      runOn(home, ["kubectl", "knative-certs", ...args], { path: [programs] });
    expect(kubectlRun("version").out).toBe(`${manifest.spec.version.slice(1)}\n`);
    const [first, second] = [kubectlRun("lint", "shop"), kubectlRun("lint", "shop")];
    expect(first).toMatchObject({ code: 1, err: "" });
    expect(first.out).toContain("KC201");
    expect(second).toEqual(first);
    expect(kubectlRun("--help").out).toContain("kubectl knative-certs lint");
    expect(keptCode(home).length).toBeGreaterThan(3);
    expect(keptCode(home).filter((name) => !/-[\w-]{8}\.js\.bin$/.test(name))).toEqual([]);
  });
});

/** What is kept of compiled code: by names that tell the content, as another release has files of the same length. */
function keptCode(home: string): readonly string[] {
  return readdirSync(join(home, ".cache/kubectl-knative-certs"), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".bin"));
}

describe("an archive", () => {
  const linux = here.os === "linux" && here.arch === "amd64";
  if (!linux) console.warn(`skipped: README unpacks for linux amd64, not ${here.os} ${here.arch}`);

  it.skipIf(!linux)("is unpacked by the command of README, and runs", () => {
    const home = machine();
    const [command = ""] =
      /^ {4}(tar .*)$/m.exec(readFileSync("README.md", "utf8"))?.slice(1) ?? [];
    symlinkSync(directory, join(home, "release"));
    mkdirSync(join(home, ".local/bin"), { recursive: true });
    expect(runOn(home, ["bash", "-c", command])).toEqual({ code: 0, out: "", err: "" });
    const { code, out } = runOn(home, [".local/bin/kubectl-knative_certs", "lint", "shop"]);
    expect(code).toBe(1);
    expect(out).toContain("KC201");
  });
});

describe("a second build", () => {
  it.skipIf(!mine)("gives the same bytes", () => {
    const again = machine();
    const name = `${here.os}-${here.arch}`;
    execFileSync(process.execPath, ["build/release/main.mjs", "--out", again, "--platform", name], {
      stdio: "ignore",
    });
    const made = readdirSync(again).filter((file) => /\.(tgz|gz|zip|json)$/.test(file));
    expect(made.length).toBe(3);
    for (const file of made)
      expect(readFileSync(join(again, file)).equals(readFileSync(join(directory, file)))).toBe(
        true,
      );
  });
});

describe("the npm package", () => {
  it("installs on a clean machine and brings nothing else along", () => {
    const home = machine();
    const tarball = names.find((name) => name.endsWith(".tgz")) ?? "";
    const prefix = join(home, "prefix");
    const install = ["npm", "install", "--global", "--prefix", prefix, join(directory, tarball)];
    expect(runOn(home, install)).toMatchObject({ code: 0 });
    expect(readdirSync(join(prefix, "lib/node_modules"))).toEqual(["kubectl-knative-certs"]);
    for (const program of ["kubectl-knative_certs", "knative-certs", "kn-certs"]) {
      const { code, out } = runOn(home, [join(prefix, "bin", program), "lint", "shop"]);
      expect(code).toBe(1);
      expect(out).toContain("KC201");
    }
  });
});
