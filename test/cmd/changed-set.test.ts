import { describe, expect, it } from "vitest";
import { ran, silentlyOff, withFiles } from "../support/command-line.ts";

const reference = `apiVersion: v1
kind: ConfigMap
metadata:
  name: config-certmanager
  namespace: knative-serving
data:
  issuerRef: "name: knative-cs"
  clusterLocalIssuerRef: "name: knative-cs"
  systemInternalIssuerRef: "name: knative-cs"
`;
const issuer = `apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata:
  name: knative-ca
spec:
  ca:
    secretName: knative-ca
`;
const other = `apiVersion: v1
kind: ConfigMap
metadata: { name: other }
`;
const files = {
  "repo/network.yaml": silentlyOff,
  "repo/cert-manager.yaml": reference,
  "repo/issuers.yaml": issuer,
  "repo/other.yaml": other,
};

async function codes(directory: string, ...argv: readonly string[]) {
  const { code, out } = await ran(
    ["lint", "--changed-set", "--allow-empty", "-o", "json", "--ignore", "KC109,KC129", ...argv],
    { cwd: directory },
  );
  const { findings }: { readonly findings: readonly { readonly code: string }[] } = JSON.parse(out);
  return { code, found: findings.map((finding) => finding.code).toSorted() };
}

describe("lint --changed-set", () => {
  it("reports what touches a changed file, and nothing else", async () => {
    await withFiles(files, async (directory) => {
      const repo = `${directory}/repo`;
      const context = ["--context-dir", repo];
      expect(await codes(directory, ...context, `${repo}/network.yaml`)).toEqual({
        code: 1,
        found: ["KC111"],
      });
      expect(await codes(directory, ...context, `${repo}/other.yaml`)).toEqual({
        code: 0,
        found: [],
      });
      expect(await codes(directory, ...context)).toEqual({ code: 0, found: [] });
    });
  });

  it("judges a changed file by all that it belongs to", async () => {
    await withFiles(files, async (directory) => {
      const repo = `${directory}/repo`;
      const argv = ["--complete", "--context-dir", repo, `${repo}/cert-manager.yaml`];
      expect(await codes(directory, ...argv, "--select", "KC201")).toEqual({
        code: 0,
        found: ["KC201"],
      });
      const named = { ...files, "repo/cert-manager.yaml": reference.replaceAll("-cs", "-ca") };
      await withFiles(named, async (mended) => {
        const there = `${mended}/repo`;
        const same = ["--complete", "--context-dir", there, `${there}/cert-manager.yaml`];
        expect(await codes(mended, ...same, "--select", "KC201")).toEqual({ code: 0, found: [] });
      });
    });
  });

  it("fails for a changed file that does not parse, and for no other", async () => {
    const broken = { ...files, "repo/issuers.yaml": "kind: ClusterIssuer\napiVersion: [\n" };
    await withFiles(broken, async (directory) => {
      const repo = `${directory}/repo`;
      const context = ["--context-dir", repo];
      expect(await codes(directory, ...context, `${repo}/issuers.yaml`)).toEqual({
        code: 3,
        found: ["KC901"],
      });
      expect(await codes(directory, ...context, `${repo}/other.yaml`)).toEqual({
        code: 0,
        found: [],
      });
    });
  });
});
