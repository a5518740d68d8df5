import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { kinds, type Kind } from "../../src/model/kinds.ts";
import { itemsOf, kubeconfig, status, withApi, type FakeOptions } from "../support/api-server.ts";
import { ran, withFiles, type Ran } from "../support/command-line.ts";
import { recordingNames } from "../support/recordings.ts";

const now = "2026-11-23T12:00:00Z";
const recorded = (name: string): readonly JsonObject[] => {
  const packed = readFileSync(`test/fixtures/recordings/${name}/objects.json.gz`);
  return itemsOf(JSON.parse(gunzipSync(packed).toString("utf8")) as JsonObject);
};
/** The recordings have none of these, and their CRDs were not there. */
const without: readonly Kind[] = ["KnativeServing", "KnativeEventing"];

interface Finding {
  readonly code: string;
  readonly subject: { readonly namespace: string };
}
interface Gap {
  readonly code: string;
  readonly why: string;
  readonly rbac?: string;
}
interface Document {
  readonly findings: readonly Finding[];
  readonly clusters: readonly {
    readonly name: string;
    readonly coverage: { readonly notEvaluated: readonly Gap[]; readonly ratio: number };
  }[];
}
const parsed = ({ out }: Ran) => JSON.parse(out) as Document;
const noSecrets = (kind: Kind) => kind === "Secret";
const noIssuers = (kind: Kind) => kind === "ClusterIssuer";
const noWholeLists = (kind: Kind, namespace: string | undefined) =>
  kinds[kind].namespaced && namespace === undefined;
const secretsFail: FakeOptions["fault"] = (_request, response, url) => {
  if (!url.pathname.endsWith("/secrets")) return false;
  response.setHeader("retry-after", "0");
  status(response, 500, "etcdserver: request timed out");
  return true;
};

/** Everything but where an object was read and the name of the cluster, which fingerprints hold. */
function comparable({ out }: Ran): unknown {
  return JSON.parse(out, (key, value: unknown) =>
    ["location", "related", "cluster", "clusters", "fingerprint", "causes"].includes(key)
      ? undefined
      : value,
  );
}

type Use<T> = (
  check: (...argv: readonly string[]) => Promise<Ran>,
  api: { readonly asked: readonly string[]; readonly directory: string },
) => Promise<T>;

/** Runs commands against a server with these objects. */
async function onCluster<T>(options: FakeOptions, use: Use<T>): Promise<T> {
  return withApi({ without, ...options }, async ({ server, asked }) =>
    withFiles({ config: kubeconfig({ prod: server }) }, async (directory) => {
      const common = ["--kubeconfig", `${directory}/config`, "--no-config"];
      return use((...argv) => ran([...argv, ...common]), { asked, directory });
    }),
  );
}

describe.each(recordingNames)("%s", (name) => {
  it("is the same live, from a snapshot, and as a dump", async () => {
    const objects = recorded(name);
    await onCluster({ objects }, async (run, { directory }) => {
      const snapshot = `${directory}/s.json.gz`;
      // KC901 looks at files, which a cluster has none of; KC904 at what a cluster does not give, which files know not of.
      const options = ["-o", "json", "--now", now, "--no-config", "--ignore", "KC901,KC904"];
      const dump = await withFiles(
        { "d.json": JSON.stringify({ kind: "List", apiVersion: "v1", items: objects }) },
        (where) => ran(["lint", `${where}/d.json`, "--complete", ...options]),
      );
      const live = await run("check", ...options.filter((one) => one !== "--no-config"));
      expect((await run("snapshot", "-o", snapshot)).code).toBe(0);
      const from = await ran(["check", "--from", snapshot, ...options]);
      expect(from.out).toBe(live.out);
      expect([from.code, dump.code]).toEqual([live.code, live.code]);
      expect(comparable(live)).toEqual(comparable(dump));
    });
  });
});

const healthy = recorded("01-healthy");

const secretOf = (name: string, type: string, more: JsonObject = {}): JsonObject => ({
  apiVersion: "v1",
  kind: "Secret",
  type,
  metadata: { name, namespace: "shop", ...more },
  data: { password: Buffer.from(`do not read ${name}`).toString("base64") },
});

describe("what is asked of a cluster", () => {
  it("is only what the selected rules read", async () => {
    await onCluster({ objects: healthy }, async (run, { asked }) => {
      await run("check", "--select", "KC202");
      const paths = [...new Set(asked.map((url) => url.split("?")[0] ?? ""))].toSorted();
      expect(paths).toEqual([
        "/api/v1/configmaps",
        "/apis",
        "/apis/cert-manager.io/v1/clusterissuers",
        "/apis/cert-manager.io/v1/issuers",
        "/version",
      ]);
    });
  });

  it("of Secrets is never a token, a Helm release, or one that nobody names", async () => {
    const objects = [
      ...healthy,
      secretOf("release", "helm.sh/release.v1"),
      secretOf("token", "kubernetes.io/service-account-token"),
      secretOf("application", "Opaque"),
      secretOf("knative-ca", "Opaque"),
      secretOf("copied", "Opaque", {
        labels: { "networking.internal.knative.dev/certificate-uid": "x" },
      }),
    ];
    await onCluster({ objects }, async (run, { asked, directory }) => {
      await run("snapshot", "-o", `${directory}/s.json`);
      const read = asked
        .filter((url) => /\/secrets\/[^/?]+$/.test(url))
        .map((url) => url.replace(/^.*\//, ""));
      expect(read.toSorted()).toEqual(["copied", "knative-ca"]);
      const text = readFileSync(`${directory}/s.json`, "utf8");
      expect(text).toContain('"Secret/shop/application"');
      for (const name of ["release", "token", "application"])
        expect(text).not.toContain(Buffer.from(`do not read ${name}`).toString("base64"));
    });
  });

  it("finds its way on a server with discovery of the old kind", async () => {
    await onCluster({ objects: recorded("03-default-issuer-missing"), old: true }, async (run) => {
      expect(
        parsed(await run("check", "-o", "json", "--now", now)).findings.map(({ code }) => code),
      ).toContain("KC201");
    });
  });
});

describe("what may not be read", () => {
  it("is not evaluated, with the rule that would mend it, and nothing else is lost", async () => {
    await onCluster(
      { objects: recorded("03-default-issuer-missing"), forbids: noSecrets },
      async (run) => {
        const { code, ...document } = {
          code: 0,
          ...parsed(await run("check", "-o", "json", "--now", now)),
        };
        expect(code).toBe(0);
        expect(document.findings.map((one) => one.code)).toContain("KC201");
        expect(document.findings.map((one) => one.code)).toContain("KC904");
        // No right would bring these: pods and managedFields were not recorded, and KC904 is about the rights themselves.
        const others = new Set(["KC116", "KC904"]);
        const gaps = (document.clusters[0]?.coverage.notEvaluated ?? []).filter(
          (gap) => !others.has(gap.code),
        );
        expect(gaps.length).toBeGreaterThan(0);
        for (const { rbac } of gaps)
          expect(rbac).toBe('{apiGroups: [""], resources: [secrets], verbs: [get, list]}');
      },
    );
  });

  it("is everything for a user without rights: exit code 3", async () => {
    await onCluster({ objects: healthy, forbids: () => true }, async (run) => {
      const outcome = await run("check", "-o", "json", "--now", now);
      expect(outcome.code).toBe(3);
      expect(parsed(outcome)).toMatchObject({
        findings: [{ code: "KC904" }],
        clusters: [{ name: "prod", coverage: { ratio: 0 } }],
      });
    });
  });

  it("counts for --min-coverage", async () => {
    await onCluster({ objects: healthy, forbids: noSecrets }, async (run) => {
      expect((await run("check", "--now", now)).code).toBe(0);
      expect((await run("check", "--now", now, "--min-coverage", "1")).code).toBe(3);
    });
  });

  it("with -n is read in that namespace and in those of components", async () => {
    await onCluster(
      { objects: recorded("12-half-set-references"), forbids: noWholeLists },
      async (run, { asked }) => {
        const document = parsed(await run("check", "-o", "json", "--now", now, "-n", "shop"));
        expect(document.findings.map(({ code }) => code)).not.toContain("KC106");
        const whole = parsed(
          await run("check", "-o", "json", "--now", now, "-n", "knative-serving"),
        );
        expect(whole.findings.map(({ code }) => code)).toContain("KC106");
        expect(asked.some((url) => url.startsWith("/api/v1/namespaces/shop/configmaps"))).toBe(
          true,
        );
        expect(asked.some((url) => url.includes("/namespaces/bank/"))).toBe(false);
        const why = document.clusters[0]?.coverage.notEvaluated.map((gap) => gap.why) ?? [];
        expect(why).toContainEqual(expect.stringContaining("forbidden elsewhere"));
      },
    );
  });

  it("is not taken for what does not exist", async () => {
    const objects = healthy.filter(({ kind }) => kind !== "ClusterIssuer");
    await onCluster({ objects, forbids: noIssuers }, async (run) => {
      const document = parsed(await run("check", "-o", "json", "--now", now, "--select", "KC201"));
      expect(document.findings).toEqual([]);
      expect(document.clusters[0]?.coverage.ratio).toBe(0);
    });
  });
});

describe("a fault of the server", () => {
  it("in one list leaves the others, and is named", async () => {
    await onCluster(
      { objects: recorded("03-default-issuer-missing"), fault: secretsFail },
      async (run) => {
        const document = parsed(await run("check", "-o", "json", "--now", now));
        expect(document.findings.map(({ code }) => code)).toContain("KC201");
        const why = document.clusters[0]?.coverage.notEvaluated.map((gap) => gap.why) ?? [];
        expect(why).toContainEqual(
          expect.stringContaining("Secret cannot be read: etcdserver: request timed out"),
        );
      },
    );
  });
});

describe("several clusters", () => {
  it("are one report, and one that does not answer hides no other", async () => {
    await withApi(
      { objects: recorded("03-default-issuer-missing"), without },
      async ({ server }) => {
        const config = kubeconfig({ good: server, bad: "http://127.0.0.1:1" });
        await withFiles({ config }, async (directory) => {
          const all = await ran([
            "--all-contexts",
            "--kubeconfig",
            `${directory}/config`,
            "-o",
            "json",
            "--now",
            now,
            "--no-config",
          ]);
          expect(all.code).toBe(3);
          expect(all.err).toBe(
            "error: bad: The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\n",
          );
          const document = parsed(all);
          expect(document.clusters.map(({ name }) => name)).toEqual(["bad", "good"]);
          expect(document.clusters[0]?.coverage.ratio).toBe(0);
          expect(document.findings.map(({ code }) => code)).toContain("KC201");
          const one = await ran([
            "--context",
            "good",
            "--kubeconfig",
            `${directory}/config`,
            "-o",
            "json",
            "--now",
            now,
            "--no-config",
          ]);
          expect(one.code).toBe(1);
          const silent = document.findings.filter(({ code }) => code === "KC904");
          expect(silent).toMatchObject([{ code: "KC904", cluster: "bad" }]);
          const others = document.findings.filter((found) => !silent.includes(found));
          expect(parsed(one).findings).toEqual(others);
        });
      },
    );
  });

  it("must all be there: a context that is not ends the run with those there are", async () => {
    await withFiles({ config: kubeconfig({ a: "http://x", b: "http://y" }) }, async (directory) => {
      const { code, err, out } = await ran([
        "--context",
        "a",
        "--context",
        "c",
        "--kubeconfig",
        `${directory}/config`,
      ]);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toContain('error: context "c" does not exist\n');
      expect(err).toContain("There are: a, b.");
    });
  });
});

describe("rbac", () => {
  it("prints what the selected rules read, and no more", async () => {
    const { out } = await ran(["rbac", "--select", "KC202", "--no-config", "--name", "reader"]);
    expect(out).toBe(`apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: "reader"
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [list]
  - apiGroups: ["cert-manager.io"]
    resources: [clusterissuers, issuers]
    verbs: [list]
  - apiGroups: ["operator.knative.dev"]
    resources: [knativeservings]
    verbs: [list]
`);
  });
});

describe("--from", () => {
  it.each([
    ["nothing", "no such file"],
    ["{", "it is no JSON"],
    ["{}", "it is no snapshot"],
    ['{"kind":"snapshot","version":2}', "it is a snapshot of version 2"],
  ])("refuses %s", async (text, message) => {
    const files: Record<string, string> = text === "nothing" ? {} : { "s.json": text };
    await withFiles(files, async (directory) => {
      const { code, err, out } = await ran([
        "check",
        "--from",
        `${directory}/s.json`,
        "--no-config",
      ]);
      expect({ code, out }).toEqual({ code: 3, out: "" });
      expect(err).toContain(message);
    });
  });

  it("is judged as of the time it was taken", async () => {
    await onCluster({ objects: healthy }, async (run, { directory }) => {
      await run("snapshot", "-o", `${directory}/s.json`);
      const { out, err } = await ran([
        "check",
        "--from",
        `${directory}/s.json`,
        "-o",
        "json",
        "--no-config",
      ]);
      expect(JSON.parse(out)).toMatchObject({ now: "2026-11-24T12:00:00Z" });
      expect(err).toContain("judged as of 2026-11-24T12:00:00.000Z");
    });
  });
});
