import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { tarGz, zip } from "./archive.mjs";
import { makeExecutable } from "./executable.mjs";
import { krewManifest } from "./krew.mjs";
import { executableName, host, nameOf, platforms } from "./platforms.mjs";
import { runtime } from "./runtime.mjs";

// Makes everything that a release consists of: the npm package, an archive for each platform, the krew manifest, the
// bill of materials and the checksums. The same on every machine; nothing is published.
const { values } = parseArgs({
  options: {
    out: { type: "string", default: "release" },
    cache: { type: "string", default: "node_modules/.release/node" },
    platform: { type: "string", multiple: true },
  },
});

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const out = resolve(values.out);
const cache = resolve(values.cache);
const work = resolve("node_modules/.release/work");
const wanted = platforms.filter(
  (platform) => values.platform === undefined || values.platform.includes(nameOf(platform)),
);

rmSync(out, { recursive: true, force: true });
rmSync(work, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const artefacts = [npmPackage(), billOfMaterials()];
const archives = [];
const builder = await builderOf();
for (const platform of wanted) archives.push(await archive(platform));
artefacts.push(...archives.map(({ file }) => file));
if (wanted.length === platforms.length)
  writeFileSync(
    join(out, "krew-manifest.yaml"),
    krewManifest(
      version,
      archives.map(({ platform, file, sha256 }) => ({ platform, archive: basename(file), sha256 })),
    ),
  );
writeFileSync(
  join(out, "checksums.txt"),
  artefacts.map((file) => `${sha256Of(file)}  ${basename(file)}\n`).join(""),
);
rmSync(work, { recursive: true });

function npmPackage() {
  const said = execFileSync(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", out],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const [{ filename }] = Object.values(JSON.parse(said));
  return report(join(out, filename));
}

function billOfMaterials() {
  const file = join(out, `kubectl-knative-certs-${version}.cdx.json`);
  copyFileSync("dist/sbom.cdx.json", file);
  return report(file);
}

/** The Node that can make executables, which is not the one that runs this. */
async function builderOf() {
  const here = host();
  if (!here) throw new Error(`no executables can be made on ${process.platform} ${process.arch}`);
  return runtime(here, cache);
}

async function archive(platform) {
  const { binary } = await runtime(platform, cache);
  const executable = makeExecutable(platform, {
    binary,
    builder: builder.binary,
    boot: resolve("node_modules/.release/boot.cjs"),
    program: resolve("dist"),
    work,
  });
  const file = (name, path, mode = 0o644) => ({ name, content: readFileSync(path), mode });
  const files = [
    file(executableName(platform), executable, 0o755),
    file("LICENSE", "LICENSE"),
    file("licenses.txt", "dist/licenses.txt"),
    file("LICENSE.node", builder.license),
    file("sbom.cdx.json", "dist/sbom.cdx.json"),
  ];
  const windows = platform.os === "windows";
  const path = join(
    out,
    `kubectl-knative-certs_${version}_${platform.os}_${platform.arch}.${windows ? "zip" : "tar.gz"}`,
  );
  writeFileSync(path, windows ? zip(files) : await tarGz(files));
  return { platform, file: report(path), sha256: sha256Of(path) };
}

function sha256Of(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

function report(file) {
  console.log(`${basename(file)} ${(readFileSync(file).length / 1e6).toFixed(1)} MB`);
  return file;
}
