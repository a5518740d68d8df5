import { stringify } from "yaml";
import { executableName } from "./platforms.mjs";

const repository = "https://github.com/knative-certs/kubectl-knative-certs";

/**
 * The manifest by which krew installs the plugin (sigs.k8s.io/krew pkg/index/types.go).
 *
 * @param {string} version without a leading v
 * @param {readonly { platform: { os: string, arch: string }, archive: string, sha256: string }[]} archives
 */
export function krewManifest(version, archives) {
  return stringify(
    {
      apiVersion: "krew.googlecontainertools.github.com/v1alpha2",
      kind: "Plugin",
      metadata: { name: "knative-certs" },
      spec: {
        version: `v${version}`,
        homepage: repository,
        shortDescription: "Find out why Knative's TLS breaks, and when",
        description: `Reads what Knative, cert-manager and trust-manager are told, works out what
they will really do with it, and says which certificates are never issued,
which connections fail, from when on, and the smallest change that mends it.
On a cluster, on files before they are applied, and for the next rotation of
the CA.
`,
        platforms: archives.map(({ platform, archive, sha256 }) => ({
          selector: { matchLabels: { os: platform.os, arch: platform.arch } },
          uri: `${repository}/releases/download/v${version}/${archive}`,
          sha256,
          bin: executableName(platform),
        })),
      },
    },
    { lineWidth: 0 },
  );
}
