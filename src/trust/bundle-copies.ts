import { strings } from "../model/json.ts";
import { trustBundleLabel } from "../model/knative/trust-bundle.ts";
import type { KubeObject } from "../model/object.ts";
import { readPem } from "../pki/pem/read.ts";

const bundleLabel = "trust.cert-manager.io/bundle";

/** One trust bundle that lies in several namespaces. */
export interface BundleCopies {
  readonly name: string;
  /** The trust-manager Bundle that writes them; undefined where somebody else does. */
  readonly bundle: string | undefined;
  readonly copies: readonly Copy[];
}

interface Copy {
  readonly configMap: KubeObject;
  /** The certificates it holds, one text each, the same for the same certificate whatever its spelling. */
  readonly certificates: ReadonlySet<string>;
}

/** ConfigMaps that trust-manager writes, or that Knative reads as trust bundles, by name; those that lie alone are left out. */
export function bundleCopies(configMaps: readonly KubeObject[]): readonly BundleCopies[] {
  const groups = new Map<string, KubeObject[]>();
  for (const configMap of configMaps) {
    const bundle = configMap.labels.get(bundleLabel);
    if (bundle === undefined && !configMap.labels.has(trustBundleLabel)) continue;
    const key = `${bundle ?? ""}\n${configMap.name}`;
    const others = groups.get(key);
    if (others) others.push(configMap);
    else groups.set(key, [configMap]);
  }
  return [...groups.values()]
    .filter(({ length }) => length > 1)
    .map((group) => ({
      name: group[0]?.name ?? "",
      bundle: group[0]?.labels.get(bundleLabel),
      copies: group.map((configMap) => ({ configMap, certificates: certificatesIn(configMap) })),
    }));
}

function certificatesIn(configMap: KubeObject): ReadonlySet<string> {
  const blocks = [...strings(configMap.raw, "data").values()].flatMap(
    (text) => readPem(text).blocks,
  );
  return new Set(
    blocks
      .filter(({ type }) => type === "CERTIFICATE")
      .map(({ bytes }) => Buffer.from(bytes).toString("base64")),
  );
}

export function sameCertificates(a: Copy, b: Copy): boolean {
  return (
    a.certificates.size === b.certificates.size &&
    [...a.certificates].every((one) => b.certificates.has(one))
  );
}
