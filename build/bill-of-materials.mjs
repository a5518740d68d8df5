import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { bundledPackages } from "./bundled.mjs";

/** Makes sbom.cdx.json: every package of which a part is bundled, in CycloneDX 1.6 (ECMA-424). */
export function billOfMaterials() {
  return {
    name: "bill-of-materials",
    generateBundle(_options, bundle) {
      const own = JSON.parse(readFileSync("package.json", "utf8"));
      const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
      const components = bundledPackages(bundle).map((one) => component(one, lock));
      const document = {
        $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
        bomFormat: "CycloneDX",
        specVersion: "1.6",
        version: 1,
        metadata: {
          component: {
            type: "application",
            "bom-ref": purl(own),
            name: own.name,
            version: own.version,
            licenses: [{ license: { id: own.license } }],
            purl: purl(own),
          },
        },
        components,
        dependencies: [{ ref: purl(own), dependsOn: components.map(({ purl: ref }) => ref) }],
      };
      this.emitFile({
        type: "asset",
        fileName: "sbom.cdx.json",
        source: `${JSON.stringify(document, undefined, 2)}\n`,
      });
    },
  };
}

function component(one, lock) {
  const path = relative(".", one.directory).replaceAll("\\", "/");
  const { integrity } = lock.packages[path] ?? {};
  if (integrity === undefined) throw new Error(`${path} is not in package-lock.json`);
  return {
    type: "library",
    "bom-ref": purl(one),
    name: one.name,
    version: one.version,
    hashes: [
      {
        alg: "SHA-512",
        content: Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex"),
      },
    ],
    licenses: [
      / (?:AND|OR|WITH) /.test(one.license)
        ? { expression: one.license }
        : { license: { id: one.license } },
    ],
    purl: purl(one),
  };
}

/** https://github.com/package-url/purl-spec */
function purl({ name, version }) {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}
