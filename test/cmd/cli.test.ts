import { describe, expect, it } from "vitest";
import { parseCli } from "../../cmd/cli.ts";
import { commandTables } from "../../cmd/command-tables.ts";
import type { Request } from "../../cmd/request.ts";

const parse = (argv: readonly string[]) => parseCli(argv, "kubectl knative-certs");

function request(...argv: readonly string[]): Request {
  const parsed = parse(argv);
  if ("request" in parsed) return parsed.request;
  throw new Error(`help instead of a request: ${parsed.help}`);
}

const text = { format: "text", file: undefined };

describe("parseCli", () => {
  it("gives lint its defaults", () => {
    expect(request("lint", "deploy")).toEqual({
      command: "lint",
      paths: ["deploy"],
      kustomizations: [],
      complete: false,
      allowEmpty: false,
      namespace: undefined,
      interactive: false,
      analysis: {
        now: undefined,
        select: [],
        ignore: [],
        plugins: [],
        config: undefined,
        honourSuppressions: true,
        baseline: undefined,
        writeBaseline: undefined,
        clusterDomain: undefined,
        servingNamespace: undefined,
        knativeVersion: undefined,
        certManagerVersion: undefined,
        trustManagerVersion: undefined,
        failOn: "error",
        minCoverage: 0,
      },
      report: { outputs: [text], color: "auto", all: false, debug: false, screenReader: false },
    });
  });

  it.each([
    [["-k", "a", "-k", "b"], { kustomizations: ["a", "b"] }],
    [["-"], { paths: ["-"] }],
    [["a.yaml", "07", "-n", "shop"], { paths: ["a.yaml", "07"], namespace: "shop" }],
    [["x", "--", "-dash.yaml"], { paths: ["x", "-dash.yaml"] }],
    [["x", "--complete", "--allow-empty"], { complete: true, allowEmpty: true }],
  ])("reads the input of lint %j", (argv, expected) => {
    expect(request("lint", ...argv)).toMatchObject(expected);
  });

  it.each([
    [["snapshot", "-o", "-"], { file: "-" }],
    [["check", "--from", "-"], { from: "-" }],
    [["check", "-f", "-"], { files: ["-"] }],
    [["check", "-k", "-", "--", "-"], { paths: ["-"] }],
  ])("takes - for standard input or output in %j", (argv, expected) => {
    expect(request(...argv)).toMatchObject(expected);
  });

  it.each([
    [["--select", "KC1, issuers", "--select", "KC201"], { select: ["KC1", "issuers", "KC201"] }],
    [["--ignore=KC109,KC206"], { ignore: ["KC109", "KC206"] }],
    [["--plugin", "a.mjs", "--plugin", "b.mjs"], { plugins: ["a.mjs", "b.mjs"] }],
    [["--config", "c.yaml"], { config: "c.yaml" }],
    [["--no-config"], { config: false }],
    [["--no-suppressions"], { honourSuppressions: false }],
    [["--baseline", "b.json"], { baseline: "b.json" }],
    [["--write-baseline", "b.json"], { writeBaseline: "b.json" }],
    [["--fail-on", "never"], { failOn: "never" }],
    [["--min-coverage", "0.5"], { minCoverage: 0.5 }],
    [["--now", "2027-01-31T12:00:00Z"], { now: new Date("2027-01-31T12:00:00Z") }],
    [["--cluster-domain", "c.example"], { clusterDomain: "c.example" }],
    [["--serving-namespace", "kn"], { servingNamespace: "kn" }],
    [["--knative-version", "1.15"], { knativeVersion: "1.15" }],
    [["--cert-manager-version", "1.18.2"], { certManagerVersion: "1.18.2" }],
    [["--trust-manager-version", "0.20.0"], { trustManagerVersion: "0.20.0" }],
  ])("reads what to analyze: %j", (argv, expected) => {
    expect(request("lint", "x", ...argv)).toMatchObject({ analysis: expected });
  });

  it.each([
    [["-o", "json"], [{ format: "json", file: undefined }]],
    [
      ["-o", "text", "-o", "sarif=a=b.sarif"],
      [text, { format: "sarif", file: "a=b.sarif" }],
    ],
    [
      ["-o", "junit=j.xml,github"],
      [
        { format: "junit", file: "j.xml" },
        { format: "github", file: undefined },
      ],
    ],
  ])("reads the outputs of %j", (argv, outputs) => {
    expect(request("lint", "x", ...argv)).toMatchObject({ report: { outputs } });
  });

  it.each([
    [
      ["explain", "KC201"],
      expect.objectContaining({ command: "explain", topic: "KC201", color: "auto", paths: [] }),
    ],
    [
      ["explain", "kcert/x", "-n", "shop", "--in", "a", "--in", "b", "--complete", "-o", "json"],
      expect.objectContaining({
        command: "explain",
        topic: "kcert/x",
        namespace: "shop",
        paths: ["a", "b"],
        complete: true,
        format: "json",
      }),
    ],
    [
      ["explain", "ksvc/x", "--from", "s.json.gz", "--context", "prod"],
      expect.objectContaining({ topic: "ksvc/x", from: "s.json.gz", namespace: undefined }),
    ],
    [["rules"], { command: "rules", select: [], format: "text" }],
    [
      ["rules", "-o", "json", "--select", "KC2"],
      { command: "rules", select: ["KC2"], format: "json" },
    ],
    [["version"], { command: "version" }],
    [
      ["rbac", "--watch", "--select", "KC2"],
      expect.objectContaining({ command: "rbac", name: "knative-certs", watch: true }),
    ],
    [["snapshot"], expect.objectContaining({ command: "snapshot", file: "snapshot.json.gz" })],
  ])("reads %j", (argv, expected) => {
    expect(request(...argv)).toEqual(expected);
  });

  it("checks the cluster of the current context where no command is named", () => {
    expect(request()).toMatchObject({ command: "check", paths: [], from: undefined });
    expect(request()).toMatchObject({ cluster: { contexts: [], allContexts: false } });
  });

  it.each([
    [["--context", "a", "--context=b"], { contexts: ["a", "b"] }],
    [["--all-contexts"], { allContexts: true }],
    [["-n", "shop"], { flags: { namespace: "shop" } }],
    [["-n", "shop", "-A"], { flags: { namespace: undefined } }],
    [
      ["-s", "https://a:1", "--tls-server-name", "b"],
      { flags: { server: "https://a:1", tlsServerName: "b" } },
    ],
    [["--insecure-skip-tls-verify"], { flags: { insecureSkipTlsVerify: true } }],
    [
      ["--as", "a", "--as-uid", "1", "--as-group", "g", "--as-group", "h"],
      { flags: { as: "a", asUid: "1", asGroups: ["g", "h"] } },
    ],
    [["--as-user-extra", "k=v"], { flags: { asUserExtra: ["k=v"] } }],
    [
      ["--token", "t", "--user", "u", "--cluster", "c"],
      { flags: { token: "t", user: "u", cluster: "c" } },
    ],
    [
      ["--kubeconfig", "k", "--request-timeout", "5s"],
      { flags: { kubeconfig: "k", requestTimeout: "5s" } },
    ],
    [
      ["--certificate-authority", "ca", "--client-certificate", "c", "--client-key", "k"],
      { flags: { certificateAuthority: "ca", clientCertificate: "c", clientKey: "k" } },
    ],
    [["--username", "u", "--password", "p"], { flags: { username: "u", password: "p" } }],
    [["--disable-compression", "--cache-dir", "x"], { flags: { disableCompression: true } }],
  ])("reads the connection flags %j behind any command, as kubectl", (argv, cluster) => {
    for (const command of [[], ["check"], ["snapshot"]])
      expect(request(...command, ...argv)).toMatchObject({ cluster });
  });

  it.each([
    [["lnit"], "there is no command lnit"],
    [["lint", "x", "--sellect", "KC1"], "there is no option --sellect of lint"],
    [["lint", "x", "--fail-on", "fatal"], "--fail-on cannot be fatal"],
    [["lint", "x", "--color", "blue"], "--color cannot be blue"],
    [["lint", "x", "-o", "yaml"], "there is no output format yaml"],
    [["lint", "x", "-o", "text", "-o", "json"], "only one format can go to standard output"],
    [["lint", "x", "--now", "tomorrow"], "--now tomorrow is no time"],
    [["lint", "x", "--now", "2027-13-01"], "--now 2027-13-01 is no time"],
    [["lint", "x", "--min-coverage", "2"], "share from 0 to 1"],
    [["lint", "x", "--min-coverage", "most"], "share from 0 to 1"],
    [["lint", "x", "--select"], "Not enough arguments"],
    [["explain"], "Not enough non-option arguments"],
    [["rules", "-o", "xml"], "--output cannot be xml"],
  ])("refuses %j", (argv, message) => {
    expect(() => parse(argv)).toThrow(message);
  });

  it.each([
    [["lnt", "x"], "there is no command lnt", "Did you mean lint?"],
    [
      ["lint", "--selct", "KC1", "x"],
      "there is no option --selct of lint",
      "Did you mean --select?",
    ],
    [
      ["lint", "x", "--fail-onn"],
      "there is no option --fail-onn of lint",
      "Did you mean --fail-on?",
    ],
    [
      ["lint", "x", "--fail-onn=error"],
      "there is no option --fail-onn of lint",
      "Did you mean --fail-on?",
    ],
    [["--contxt", "a"], "there is no option --contxt", "Did you mean --context?"],
    [["lint", "x", "--fail-on", "eror"], "--fail-on cannot be eror", "Did you mean error?"],
    [
      ["lint", "x", "--fail-on", "all"],
      "--fail-on cannot be all",
      "It is one of error, warning, info, never.",
    ],
    [["rotation", "statsu"], "action cannot be statsu", "Did you mean status?"],
    [["version", "now"], "version takes no now", "See kubectl knative-certs version --help."],
  ])("says what %j may mean", (argv, message, next) => {
    const wrong = (): unknown => {
      try {
        return parse(argv);
      } catch (error) {
        return error;
      }
    };
    expect(wrong()).toMatchObject({ message, next });
  });

  it("helps without a request, in the words of kubectl", () => {
    const parsed = parse(["lint", "--help"]);
    expect(parsed).toHaveProperty("help");
    expect(JSON.stringify(parsed)).toContain("kubectl knative-certs lint [paths..]");
  });

  it.each(["", ...Object.keys(commandTables)])(
    "begins the help of '%s' with examples",
    (command) => {
      const help = helpOf(command);
      expect(help).toMatch(/^kubectl knative-certs.*\n\n.*\n\nExamples:\n/);
      const lines = examplesOf(help);
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) expect(parse(line.split(/\s+/).slice(2))).toHaveProperty("request");
    },
  );

  it("lists no options in the help of the program itself", () => {
    const help = helpOf("");
    expect(help).not.toMatch(/^ +-/m);
    expect(help).toContain("Commands:");
  });
});

function helpOf(command: string): string {
  const parsed = parse([...command.split(" ").filter(Boolean), "--help"]);
  if ("help" in parsed) return parsed.help;
  throw new Error(`no help of ${command}`);
}

/** The program's part of each example; long ones go on in the next line. */
function examplesOf(help: string): readonly string[] {
  const [, section = ""] = help.split("\nExamples:\n");
  const [shown = ""] = section.split("\n\n");
  const column = Math.max(...shown.split("\n").map((line) => line.search(/(?<=\S) {2,}\S/)));
  const words: string[] = [];
  for (const line of shown.split("\n")) {
    const left = line.slice(0, column).trim();
    const isNew = /(?:^| )kubectl knative-certs/.test(left) || words.length === 0;
    if (isNew) words.push(left);
    else if (left !== "") words.push(`${words.pop() ?? ""} ${left}`);
  }
  return words
    .map((line) => /kubectl knative-certs[^|)]*/.exec(line)?.[0].trim() ?? "")
    .filter((line) => line !== "");
}
