import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { itemsOf, kubeconfig, withApi } from "../support/api-server.ts";
import { ran, withFiles, type Ran } from "../support/command-line.ts";
import { ca } from "../support/pki/issue.ts";
import { recording } from "../support/recordings.ts";

/** When it was recorded. */
const now = recording("01-healthy").now.toISOString();
const healthy = itemsOf(
  JSON.parse(
    gunzipSync(readFileSync("test/fixtures/recordings/01-healthy/objects.json.gz")).toString(),
  ) as JsonObject,
);

interface Diff {
  readonly findings: Readonly<
    Record<
      "added" | "mended" | "unchanged",
      readonly {
        readonly code: string;
        readonly subject: { readonly name: string };
        readonly location: { readonly file: string } | null;
      }[]
    >
  >;
  readonly handshakes: readonly { readonly effect: string }[];
  readonly unchangedHandshakes: number;
}
const parsed = ({ out }: Ran) => JSON.parse(out) as Diff;
const codes = (list: Diff["findings"]["added"]) => [...new Set(list.map(({ code }) => code))];

async function onHealthy<T>(
  files: Readonly<Record<string, string>>,
  use: (directory: string, run: (...argv: readonly string[]) => Promise<Ran>) => Promise<T>,
): Promise<T> {
  return withApi(
    { objects: healthy, without: ["KnativeServing", "KnativeEventing"] },
    async ({ server }) =>
      withFiles({ ...files, kubeconfig: kubeconfig({ prod: server }) }, async (directory) =>
        use(directory, (...argv) =>
          ran([...argv, "--kubeconfig", `${directory}/kubeconfig`, "--now", now, "--no-config"]),
        ),
      ),
  );
}

const wrongIssuer = `
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: knative-ca}
spec: {ca: {secretName: no-such-secret}}
`;

describe("a change to a cluster", () => {
  it("is shown with what it breaks, at the line that breaks it", async () => {
    await onHealthy({ "new.yaml": wrongIssuer }, async (directory, run) => {
      const outcome = await run("diff", "-f", `${directory}/new.yaml`, "-o", "json");
      expect(outcome.code).toBe(1);
      const { findings, unchangedHandshakes } = parsed(outcome);
      expect(codes(findings.added)).toContain("KC207");
      expect(findings.added[0]?.location?.file).toBe(`${directory}/new.yaml`);
      expect(unchangedHandshakes).toBeGreaterThan(0);
      const check = await run("check", "-f", directory, "-o", "json");
      expect(check.code).toBe(1);
      expect(codes(parsedFindings(check))).toContain("KC207");
      expect((await run("check")).code).toBe(0);
    });
  });

  it("of a Bundle is followed into the ConfigMaps that trust-manager writes", async () => {
    const bundle = JSON.parse(JSON.stringify(healthy.find(({ kind }) => kind === "Bundle")));
    bundle.spec.sources = [{ inLine: ca({ subject: "other" }).pem }];
    bundle.metadata = { name: bundle.metadata.name };
    await onHealthy({ "bundle.json": JSON.stringify(bundle) }, async (directory, run) => {
      const { out } = await run("diff", "-f", `${directory}/bundle.json`, "-o", "json");
      expect(codes((JSON.parse(out) as Diff).findings.added)).toEqual(["KC503"]);
    });
  });

  it("that deletes is shown with what is gone", async () => {
    await onHealthy({}, async (_directory, run) => {
      const { code, out } = await run(
        "diff",
        "--without",
        "clusterissuer/knative-ca",
        "-o",
        "json",
      );
      expect(code).toBe(1);
      expect(codes((JSON.parse(out) as Diff).findings.added)).toContain("KC201");
    });
  });

  it("that changes nothing is silent", async () => {
    await onHealthy(
      { "same.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n" },
      async (directory, run) => {
        const { code, out } = await run("diff", "-f", `${directory}/same.yaml`);
        expect(code).toBe(0);
        expect(out).toMatch(
          /^0 findings new, 0 findings gone, \d+ unchanged\n0 handshakes broken, 0 mended, \d+ unchanged\n$/,
        );
      },
    );
  });

  it.each([
    [["diff"], "name the change"],
    [["diff", "--base", "x"], "--base needs the files to compare with it"],
    [["check", "--without", "pizza/a/b"], "there is no kind pizza"],
    [["check", "--without", "secret/a"], "a Secret is named as Secret/NAMESPACE/NAME"],
    [["check", "--without", "clusterissuer/none"], "there is no ClusterIssuer/none"],
    [["check", "-f", "/no/such"], 'the path "/no/such" cannot be read'],
  ])("%j is refused", async (argv, message) => {
    await onHealthy({}, async (_directory, run) => {
      const { code, out, err } = await run(...argv);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toContain(message);
    });
  });
});

function parsedFindings({ out }: Ran): Diff["findings"]["added"] {
  return (JSON.parse(out) as { findings: Diff["findings"]["added"] }).findings;
}

const network = (value: string) => `
apiVersion: v1
kind: ConfigMap
metadata: {name: config-network, namespace: knative-serving}
data: {external-domain-tls: "${value}"}
`;

describe("files against their base", () => {
  it("are compared with other files", async () => {
    await withFiles(
      { "old/n.yaml": network("Enabled"), "new/n.yaml": network("true") },
      async (directory) => {
        const argv = ["--select", "KC111", "--no-config", "--now", now];
        const { code, out } = await ran([
          "diff",
          "--base",
          `${directory}/old`,
          `${directory}/new`,
          ...argv,
        ]);
        expect(code).toBe(1);
        expect(out).toContain("The change brings (1 finding)");
        expect(out).toContain("1 finding new, 0 findings gone, 0 unchanged");
        const back = await ran(["diff", "--base", `${directory}/new`, `${directory}/old`, ...argv]);
        expect(back.code).toBe(0);
        expect(back.out).toContain("The change mends (1 finding)");
      },
    );
  });

  it("are compared with a revision, without touching the work tree or the index", async () => {
    await withFiles(
      { "deploy/n.yaml": network("true"), "deploy/other.yaml": "a: 1\n" },
      async (directory) => {
        const git = (...argv: readonly string[]) =>
          execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...argv], {
            cwd: directory,
            encoding: "utf8",
          });
        git("init", "-q");
        git("add", ".");
        git("commit", "-qm", "first");
        writeFileSync(`${directory}/deploy/n.yaml`, network("Enabled"));
        writeFileSync(`${directory}/staged.yaml`, "b: 1\n");
        git("add", "staged.yaml");
        const before = git("status", "--porcelain");
        const argv = ["--select", "KC111", "--no-config", "--now", now, "-o", "json"];
        const run = (...paths: readonly string[]) =>
          ran(["diff", "--base", "git:HEAD", ...paths, ...argv], {
            cwd: directory,
            env: { PATH: process.env["PATH"] ?? "" },
          });
        const outcome = await run(`${directory}/deploy`);
        expect(outcome.code).toBe(0);
        expect(parsed(outcome).findings).toMatchObject({
          added: [],
          mended: [{ code: "KC111", location: { file: `${directory}/deploy/n.yaml` } }],
        });
        expect(git("status", "--porcelain")).toBe(before);
        expect(codes(parsed(await run(`${directory}/staged.yaml`)).findings.mended)).toEqual([]);
        const none = await ran(["diff", "--base", "git:nothing", `${directory}/deploy`], {
          cwd: directory,
          env: { PATH: process.env["PATH"] ?? "" },
        });
        expect(none.code).toBe(2);
        expect(none.err).toContain("git:nothing cannot be read");
      },
    );
  });
});
