import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { extract } from "tar-stream";
import { nodeVersion } from "./platforms.mjs";

/**
 * The Node of a platform: paths of its binary and of its licence, undefined for a package without one. What was fetched
 * before is taken from `cache`.
 */
export async function runtime({ node, integrity }, cache) {
  const directory = join(cache, `${node}-${nodeVersion}`);
  if (!existsSync(join(directory, "done"))) {
    mkdirSync(directory, { recursive: true });
    const packed = fetchPackage(`${node}@${nodeVersion}`, directory);
    const found = `sha512-${createHash("sha512").update(packed).digest("base64")}`;
    if (found !== integrity)
      throw new Error(`${node}@${nodeVersion} is ${found}, not ${integrity}`);
    await unpack(packed, directory);
    writeFileSync(join(directory, "done"), "");
  }
  const find = (name) => [join(directory, name)].find((path) => existsSync(path));
  return { binary: find("node") ?? find("node.exe"), license: find("LICENSE") };
}

function fetchPackage(spec, directory) {
  const said = execFileSync(
    "npm",
    ["pack", spec, "--json", "--ignore-scripts", "--pack-destination", directory],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], shell: process.platform === "win32" },
  );
  const [{ filename }] = Object.values(JSON.parse(said));
  return readFileSync(join(directory, filename));
}

async function unpack(packed, directory) {
  const archive = extract();
  archive.end(gunzipSync(packed));
  for await (const entry of archive) {
    const wanted = /^package\/(?:bin\/node(?:\.exe)?|LICENSE)$/.test(entry.header.name);
    const chunks = [];
    for await (const chunk of entry) if (wanted) chunks.push(chunk);
    if (wanted)
      writeFileSync(join(directory, basename(entry.header.name)), Buffer.concat(chunks), {
        mode: 0o755,
      });
  }
}
