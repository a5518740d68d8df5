import { existsSync, readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { ran, silentlyOff, withFiles } from "../support/command-line.ts";

const now = "2026-11-24T12:00:00Z";
const codes = (out: string) => [...out.matchAll(/KC\d+(?= [a-z])/g)].map(([code]) => code);

interface JsonReport {
  readonly findings: readonly { readonly code: string; readonly accepted: string | null }[];
  readonly clusters: readonly { readonly name: string }[];
}

async function reported(...argv: readonly string[]): Promise<JsonReport> {
  const { out } = await ran(["lint", ...argv, "--now", now, "-o", "json"]);
  return JSON.parse(out) as JsonReport;
}

const found = (report: JsonReport) => report.findings.map(({ code }) => code);

describe("lint", () => {
  it("shows a caret inside a block scalar", async () => {
    const { out } = await ran(["lint", "examples/shop", "--select", "KC201"]);
    expect(out).toContain(`  --> examples/shop/config.yaml:44:11 (ClusterIssuer/knative-cs)
     |
  44 |     name: knative-cs
     |           ^^^^^^^^^^`);
  });

  it("says of the documentation page what is in the golden file, byte for byte", async () => {
    const { code, out } = await ran(["lint", "examples/documentation-page", "--all"]);
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot("golden/documentation-page.txt");
  });

  it("says of the shop what is in the golden file, byte for byte", async () => {
    const { code, out } = await ran(["lint", "examples/shop", "--all"]);
    expect(code).toBe(1);
    await expect(out).toMatchFileSnapshot("golden/shop.txt");
  });

  it("finds the missing labels, the expired bundle and the short-lived, self-signed CA on the documentation page", async () => {
    const report = await reported("examples/documentation-page");
    expect(found(report).toSorted()).toEqual([
      "KC109",
      "KC206",
      "KC401",
      "KC402",
      "KC403",
      "KC508",
    ]);
  });

  it("says the same twice", async () => {
    const [first, second] = [await reported("examples/shop"), await reported("examples/shop")];
    expect(first).toEqual(second);
  });

  it("writes several formats in one run", async () => {
    await withFiles({}, async (directory) => {
      const file = `${directory}/out.sarif`;
      const { out } = await ran(["lint", "examples/shop", "-o", "text", "-o", `sarif=${file}`]);
      expect(out).toContain("error KC201");
      expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ version: "2.1.0" });
    });
  });

  it("says which output cannot be written", async () => {
    const result = await ran(["lint", "examples/shop", "-o", "json=/no/such/dir/x.json"]);
    expect(result.code).toBe(2);
    expect(result.err).toContain("error: /no/such/dir/x.json cannot be written");
  });

  it("colours for terminals only, as NO_COLOR, FORCE_COLOR and --color have it", async () => {
    expect(await colored([], {})).toBe(false);
    expect(await colored([], {}, 80)).toBe(true);
    expect(await colored([], { TERM: "dumb" }, 80)).toBe(false);
    expect(await colored([], { NO_COLOR: "1" }, 80)).toBe(false);
    expect(await colored([], { FORCE_COLOR: "1" })).toBe(true);
    expect(await colored(["--color", "never"], { FORCE_COLOR: "1" }, 80)).toBe(false);
    expect(await colored(["--no-color"], { FORCE_COLOR: "1" }, 80)).toBe(false);
    expect(await colored(["--color", "always"], { NO_COLOR: "1" })).toBe(true);
  });

  it("fits a narrow terminal", async () => {
    const { out } = await ran(["lint", "examples/shop", "--color", "never"], { columns: 60 });
    const long = out.split("\n").filter((line) => line.length > 60 && !/https?:|-->/.test(line));
    expect(long).toEqual([]);
  });

  it("reports findings of one namespace with -n, and those of no namespace", async () => {
    const all = await reported("examples/shop");
    const one = await reported("examples/shop", "-n", "elsewhere");
    expect(found(all)).toContain("KC111");
    expect(found(one)).not.toContain("KC111");
    expect(found(one)).toContain("KC201");
  });

  it("asks for something to read", async () => {
    const { code, err } = await ran(["lint"]);
    expect(code).toBe(2);
    expect(err).toContain("name what to read");
  });
});

describe("selection", () => {
  it.each([
    [
      ["--select", "KC2"],
      ["KC201", "KC207"],
    ],
    [["--select", "issuer-missing"], ["KC201"]],
    [["--select", "issuers", "--ignore", "KC201"], ["KC207"]],
  ])("%j", async (argv, expected) => {
    expect([...new Set(found(await reported("examples/shop", ...argv)))]).toEqual(expected);
  });

  it.each(["--select", "--ignore"])("%s of an unknown rule is an error of use", async (option) => {
    const { code, err } = await ran(["lint", "examples/shop", option, "KC9999"]);
    expect(code).toBe(2);
    expect(err).toContain("there is no rule, group or preset KC9999");
  });
});

const unreadableReference = `apiVersion: v1
kind: ConfigMap
metadata:
  name: config-certmanager
  namespace: knative-serving
data:
  issuerRef: "kind: [ClusterIssuer"
`;

describe("the baseline", () => {
  it("accepts what it lists and counts what is new", async () => {
    const files = { "config.yaml": silentlyOff, "new.yaml": unreadableReference };
    await withFiles(files, async (directory) => {
      const [config, file] = [`${directory}/config.yaml`, `${directory}/baseline.json`];
      expect((await ran(["lint", config, "--write-baseline", file])).code).toBe(0);
      expect(readFileSync(file, "utf8")).not.toMatch(/"line"/);
      expect((await ran(["lint", config, "--baseline", file])).code).toBe(0);
      const again = ["lint", config, `${directory}/new.yaml`, "--baseline", file];
      expect((await ran(again)).code).toBe(1);
    });
  });

  it("holds when lines move", async () => {
    await withFiles(
      { "a.yaml": silentlyOff, "b.yaml": `# a comment\n\n${silentlyOff}` },
      async (directory) => {
        const file = `${directory}/baseline.json`;
        await ran(["lint", `${directory}/a.yaml`, "--write-baseline", file]);
        expect((await ran(["lint", `${directory}/b.yaml`, "--baseline", file])).code).toBe(0);
      },
    );
  });

  it.each([
    ["is missing", undefined],
    ["is no JSON", "{"],
    ["is something else", '{"version":7}'],
  ])("that %s is an error of use", async (_name, text) => {
    await withFiles(text === undefined ? {} : { "b.json": text }, async (directory) => {
      const { code, err } = await ran([
        "lint",
        "examples/shop",
        "--baseline",
        `${directory}/b.json`,
      ]);
      expect(code).toBe(2);
      expect(err).toContain("b.json");
    });
  });
});

const config = (text: string) => ({ "config.yaml": silentlyOff, ".knative-certs.yaml": text });

describe("the configuration file", () => {
  it("suppresses with a reason", async () => {
    const suppress = "suppress:\n  - {rule: KC111, name: config-network, reason: a test}\n";
    await withFiles(config(suppress), async (directory) => {
      const report = await reported(directory);
      expect(report.findings).toMatchObject([
        { code: "KC111", accepted: "suppressed" },
        { code: "KC109", accepted: null },
      ]);
      expect((await ran(["lint", directory])).code).toBe(0);
      expect((await ran(["lint", directory, "--no-suppressions"])).code).toBe(1);
      expect((await ran(["lint", directory, "--no-config"])).code).toBe(1);
    });
  });

  it.each([
    ["without a reason", "{rule: KC111}", "no reason"],
    ["that has expired", "{rule: KC111, reason: r, until: 2026-01-31}", "2026-01-31"],
    ["that suppresses nothing", "{rule: KC201, reason: r}", "KC201"],
  ])("reports a suppression %s", async (_name, entry, words) => {
    await withFiles(config(`suppress:\n  - ${entry}\n`), async (directory) => {
      const { out } = await ran(["lint", directory, "--now", now]);
      expect(codes(out)).toContain("KC903");
      expect(out).toContain(words);
      expect(out).toContain(".knative-certs.yaml:2:");
    });
  });

  it("changes severities and turns rules off", async () => {
    await withFiles(config("rules: {KC111: warning, KC109: off}\n"), async (directory) => {
      const report = await reported(directory);
      expect(report.findings).toMatchObject([{ code: "KC111", severity: "warning" }]);
    });
  });

  it("says what exists elsewhere", async () => {
    const assume = "assume:\n  - {kind: ClusterIssuer, name: knative-cs}\n";
    await withFiles({ ".knative-certs.yaml": assume }, async (directory) => {
      const report = await reported(
        "examples/shop",
        "--complete",
        "--config",
        `${directory}/.knative-certs.yaml`,
      );
      expect(found(report)).not.toContain("KC201");
    });
  });

  it("keeps clusters apart", async () => {
    const files = {
      "dev/network.yaml": silentlyOff,
      "prod/network.yaml": silentlyOff.replace('"on"', "Enabled"),
    };
    await withFiles(files, async (directory) => {
      expect(found(await reported(directory))).toContain("KC902");
    });
    const clusters = "clusters:\n  - {name: dev, paths: [dev]}\n  - {name: prod, paths: [prod]}\n";
    await withFiles({ ...files, ".knative-certs.yaml": clusters }, async (directory) => {
      const report = await reported(directory, "--ignore", "KC109");
      expect(report.clusters.map(({ name }) => name)).toEqual(["dev", "prod"]);
      expect(report.findings).toMatchObject([{ code: "KC111", cluster: "dev" }]);
    });
  });

  it.each([
    ["rules: {KC111: fatal}\n", /\.knative-certs\.yaml:1:16: rules\.KC111: /],
    ["supress: []\n", /\.knative-certs\.yaml:1:\d+: supress: /],
    ["a: [\n", /\.knative-certs\.yaml:\d+:\d+: /],
    ["rules: {KC777: off}\n", /there is no rule, group or preset KC777/],
    ["assume: [{kind: Toaster, name: x}]\n", /assume\[0\]\.kind: Toaster/],
  ])("with %j is an error of use that says where", async (text, words) => {
    await withFiles(config(text), async (directory) => {
      const { code, err } = await ran(["lint", directory]);
      expect(code).toBe(2);
      expect(err).toMatch(words);
    });
  });
});

describe("an annotation on the object", () => {
  it.each([
    ["KC111 reason=known", 0, []],
    ["KC111 until=2027-01-31 reason=known to all", 0, []],
    ["KC111 until=2026-01-31 reason=known", 1, ["KC903"]],
    ["KC111", 0, ["KC903"]],
  ])("%j", async (value, code, expected) => {
    await withFiles({ "a.yaml": annotated(value) }, async (directory) => {
      const argv = ["lint", directory, "--now", now, "--ignore", "KC109"];
      const { code: got, out } = await ran(argv);
      expect(got).toBe(code);
      expect(codes(out).filter((one) => one === "KC903")).toEqual(expected);
    });
  });
});

describe("plugins", () => {
  const plugin = `export default { name: "acme", rules: [{
    code: "ACME1", id: "team-label", summary: "a ConfigMap has no team", severity: "warning",
    since: "1.0.0", citation: "our handbook", reads: ["ConfigMap"],
    messages: { missing: { says: "{name} has no label team", breaks: "nobody is called", fix: "add it" } },
    *subjects(view) { yield* view.all("ConfigMap"); },
    *check(object, view, fault) {
      if (!object.labels.has("team")) yield fault("missing", undefined, { name: object.name });
    },
  }] };`;
  const files = { "acme.mjs": plugin, "config.yaml": silentlyOff };

  it("run when they are named", async () => {
    await withFiles(files, async (directory) => {
      const { out } = await ran(["lint", directory, "--plugin", `${directory}/acme.mjs`]);
      expect(out).toContain("config-network has no label team");
    });
  });

  it("run from a configuration that is named, and never from one that was found", async () => {
    const listed = { ...files, ".knative-certs.yaml": "plugins: [./acme.mjs]\n" };
    await withFiles(listed, async (directory) => {
      const path = `${directory}/.knative-certs.yaml`;
      expect((await ran(["lint", directory, "--config", path])).out).toContain("no label team");
      const { out, err } = await ran(["lint", directory]);
      expect(out).not.toContain("no label team");
      expect(err).toContain("lists plugins; a configuration that was only found loads none");
    });
  });

  it.each([
    ["does not exist", undefined, "cannot be loaded"],
    ["is no module", "export default {", "cannot be loaded"],
    ["is no plugin", "export default 7", "is not one"],
    [
      "has a rule without messages",
      'export default {name: "a", rules: [{code: "A1"}]}',
      "is not one",
    ],
    ["takes a code of ours", plugin.replace("ACME1", "KC201"), "is not one"],
  ])("that %s is an error of use", async (_name, text, words) => {
    await withFiles(text === undefined ? {} : { "p.mjs": text }, async (directory) => {
      const argv = ["lint", "examples/shop", "--plugin", `${directory}/p.mjs`];
      const { code, err } = await ran(argv);
      expect(code).toBe(2);
      expect(err).toContain(words);
    });
  });
});

const kubectl = spawnSync("kubectl", ["version", "--client"]).status === 0;
if (!kubectl) console.warn("skipped: kustomizations are not rendered, as there is no kubectl here");

describe.skipIf(!kubectl)("-k", () => {
  const overlay = `resources: [../base]
patches:
  - path: patch.yaml
`;
  const files = {
    "base/kustomization.yaml": "resources: [network.yaml]\n",
    "base/network.yaml": silentlyOff.replace('"on"', "Enabled"),
    "overlay/kustomization.yaml": overlay,
    "overlay/patch.yaml": silentlyOff,
  };

  it("reads what kubectl kustomize renders", async () => {
    await withFiles(files, async (directory) => {
      const report = await reported("-k", `${directory}/overlay`);
      expect(found(report)).toContain("KC111");
      expect(found(await reported("-k", `${directory}/base`))).not.toContain("KC111");
    });
  });

  it("is 3 where it cannot be rendered", async () => {
    await withFiles({ "kustomization.yaml": "resources: [gone.yaml]\n" }, async (directory) => {
      const { code, out } = await ran(["lint", "-k", directory]);
      expect(code).toBe(3);
      expect(out).toContain("KC901");
    });
  });

  it("refuses what lies elsewhere", async () => {
    const remote = "resources: [https://github.com/knative/serving//config?ref=main]\n";
    await withFiles({ "kustomization.yaml": remote }, async (directory) => {
      const { code, out } = await ran(["lint", "-k", directory]);
      expect(code).toBe(3);
      expect(out).toContain("KC901");
      expect(existsSync(`${directory}/serving`)).toBe(false);
    });
  });
});

async function colored(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  columns?: number,
): Promise<boolean> {
  const { out } = await ran(["lint", "examples/shop", ...argv], {
    env,
    ...(columns !== undefined && { columns }),
  });
  return out.includes("\u001B[");
}

function annotated(value: string): string {
  return silentlyOff.replace(
    "\ndata:",
    `\n  annotations: {knative-certs.dev/ignore: ${JSON.stringify(value)}}\ndata:`,
  );
}
