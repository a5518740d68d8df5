import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { ran, withFiles, type Files } from "../support/command-line.ts";

const schema: unknown = JSON.parse(readFileSync("docs/schema/forecast.v1.schema.json", "utf8"));
const validate = addFormats.default(new Ajv2020({ strict: true })).compile(schema as object);

const fixture = (name: string) =>
  gunzipSync(readFileSync(`test/fixtures/recordings/${name}/objects.json.gz`)).toString("utf8");
const at = "2026-11-23T23:57:00Z";
const rekeyed: Files = {
  "objects.json": fixture("06a-before-ca-renewal"),
  "events.json": JSON.stringify([
    { renew: "cert-manager/knative-ca" },
    { sync: "bundle/knative-trust" },
    { renew: "knative-serving/routing-serving-certs" },
    { apply: "steps" },
    { reload: "activator" },
    { at: "2026-11-24T00:00:00Z" },
  ]),
  "steps/config.yaml": `apiVersion: v1
kind: ConfigMap
metadata: { name: config-features, namespace: knative-serving }
data: {}
`,
};

interface Row {
  readonly dialer: { readonly component: string };
  readonly endpoint: { readonly namespace: string };
  readonly verdict: string;
}

describe("forecast --events", () => {
  it("plays a list and shows the handshakes after each of its events", async () => {
    await withFiles(rekeyed, async (directory) => {
      const { code, out, err } = await ran([
        "forecast",
        `${directory}/objects.json`,
        "--complete",
        "--now",
        at,
        "--events",
        `${directory}/events.json`,
        "-o",
        "json",
      ]);
      expect([code, err]).toEqual([1, ""]);
      const document = JSON.parse(out) as {
        readonly kind: string;
        readonly events: readonly { readonly type: string }[];
        readonly states: readonly {
          readonly after: number | null;
          readonly handshakes: readonly Row[];
        }[];
        readonly firstBroken: { readonly orders: string; readonly handshake: Row };
      };
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
      expect(document.kind).toBe("forecast");
      expect(document.states).toHaveLength(7);
      expect(document.states[0]?.after).toBeNull();
      const toShop = document.states.map(
        ({ handshakes }) =>
          handshakes.find(
            ({ dialer, endpoint }) =>
              dialer.component === "activator" && endpoint.namespace === "shop",
          )?.verdict,
      );
      // The activator waits for the place that the list gives its reload.
      expect(toShop).toEqual(["holds", "holds", "holds", "holds", "holds", "fails", "fails"]);
      expect(document.firstBroken.orders).toBe("all");
    });
  });

  it.each([
    ["{}", "must be a list of events"],
    ["[1]", "must have one of renew, sync, reload, apply and at"],
    ['[{"renew":"shop"}]', "is no NS/NAME of a Certificate"],
    ['[{"at":"soon"}]', "soon is no time"],
    ['[{"apply":"nowhere"}]', "nowhere"],
    ['[{"wait":"1h"}]', "there is no event wait"],
    ["[", "is no JSON"],
  ])("refuses %s", async (events, message) => {
    await withFiles({ ...rekeyed, "events.json": events }, async (directory) => {
      const { code, err } = await ran([
        "forecast",
        `${directory}/objects.json`,
        "--complete",
        "--events",
        `${directory}/events.json`,
      ]);
      expect(code).toBe(2);
      expect(err).toContain(message);
      expect(err).not.toContain("    at ");
    });
  });
});

describe("forecast", () => {
  it.each(["text", "json", "ics", "html"])("prints %s", async (format) => {
    await withFiles(rekeyed, async (directory) => {
      const path = `${directory}/objects.json`;
      const argv = ["forecast", path, "--complete", "--now", at, "--horizon", "90d", "-o", format];
      const { code, out, err } = await ran(argv);
      expect([code, err]).toEqual([1, ""]);
      expect(out).toContain(format === "ics" ? "20270122T235647Z" : "2027-01-22T23:56:47Z");
      expect(out).toBe((await ran(argv)).out);
      if (format === "ics")
        for (const line of out.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThan(76);
      if (format === "json")
        expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
      if (format === "html") expect(out).not.toContain("<script");
    });
  });

  it("is clean where nothing breaks", async () => {
    await withFiles({ "objects.json": fixture("01-healthy") }, async (directory) => {
      const argv = ["forecast", `${directory}/objects.json`, "--complete", "--now", at];
      const { code, out } = await ran(argv);
      expect(code).toBe(0);
      expect(out).toContain("Nothing breaks until 2027-11-23T23:57:00Z");
    });
  });

  it("says what a horizon looks like", async () => {
    const { code, err } = await ran(["forecast", "x.yaml", "--horizon", "soon"]);
    expect([code, err.split("\n")[1]]).toEqual([2, "Write it as 36h, 90d, 18w or 1y."]);
  });
});

describe("rotation", () => {
  it("tells the phase", async () => {
    await withFiles({ "objects.json": fixture("07-2-both-trusted") }, async (directory) => {
      const argv = ["rotation", "status", `${directory}/objects.json`, "--complete", "--now", at];
      const { code, out } = await ran(argv);
      expect(code).toBe(0);
      expect(out).toContain("S3, after step 4 of 9");
      expect(out).toContain("next: switch the references to ClusterIssuer/knative-ca-2 (step 5)");
      const { out: json } = await ran([...argv, "-o", "json"]);
      expect(JSON.parse(json)).toMatchObject({
        rotations: [{ phase: "S3", step: 4, begun: null }],
      });
    });
  });

  it("tells that a step has begun and is not done", async () => {
    await withFiles({ "objects.json": fixture("06c-one-leaf-renewed") }, async (directory) => {
      const argv = ["rotation", "status", `${directory}/objects.json`, "--complete", "--now", at];
      expect((await ran(argv)).out).toContain("S5, in step 6 of 9: some certificates");
      const { out: json } = await ran([...argv, "-o", "json"]);
      expect(JSON.parse(json)).toMatchObject({ rotations: [{ phase: "S5", step: 5, begun: 6 }] });
    });
  });

  it("writes a plan that its own proof finds safe, and not in another order", async () => {
    await withFiles({ "objects.json": fixture("07-1-new-ca-created") }, async (directory) => {
      const state = ["--in", `${directory}/objects.json`, "--complete", "--now", at];
      const steps = `${directory}/steps`;
      const plan = await ran([
        "rotation",
        "plan",
        ...state,
        "--to",
        "issuer/knative-ca-2",
        "-o",
        steps,
      ]);
      expect([plan.code, plan.err]).toEqual([0, `notice: 5 steps are in ${steps}\n`]);
      const names = ["01-check", "02-trust-both", "03-switch", "04-trust-new", "05-clean-up"];
      const proof = await ran([
        "rotation",
        "verify",
        ...state,
        "-o",
        "json",
        ...names.map((name) => `${steps}/${name}`),
      ]);
      expect(JSON.parse(proof.out)).toMatchObject({ verdict: "safe", safe: true, failing: null });
      expect(proof.code).toBe(0);
      const wrong = ["01-check", "03-switch", "02-trust-both"].map((name) => `${steps}/${name}`);
      const { code, out } = await ran(["rotation", "verify", ...state, ...wrong]);
      expect(code).toBe(1);
      expect(out).toMatch(
        /^Not safe: \S+ -> queue-proxy in namespace bank fails after \d+ events:/,
      );
    });
  });

  it("keeps the references that are not to change, whoever applies the step", async () => {
    await withFiles({ "objects.json": fixture("07-1-new-ca-created") }, async (directory) => {
      const steps = `${directory}/steps`;
      const state = ["--in", `${directory}/objects.json`, "--complete", "--now", at];
      const to = ["--to", "issuer/knative-ca-2", "--ref", "systemInternalIssuerRef", "-o", steps];
      expect((await ran(["rotation", "plan", ...state, ...to])).code).toBe(0);
      const switched = readFileSync(`${steps}/03-switch/manifests.yaml`, "utf8");
      expect(
        [...switched.matchAll(/^ {2}(\w+): \|\n.*\n {4}name: (\S+)/gm)].map(
          ([, ...named]) => named,
        ),
      ).toEqual([
        ["clusterLocalIssuerRef", "knative-ca"],
        ["issuerRef", "knative-ca"],
        ["systemInternalIssuerRef", "knative-ca-2"],
      ]);
    });
  });

  it.each([
    [["plan", "--in", "OBJECTS"], "name the new CA"],
    [["plan", "--in", "OBJECTS", "--to", "issuer/none"], "there is no ClusterIssuer none"],
    [["plan", "--in", "OBJECTS", "--to", "issuer/knative-ca"], "is the issuer in use"],
    [["plan", "--in", "OBJECTS", "--to", "x/y/z"], "names no issuer"],
    [
      ["plan", "--in", "OBJECTS", "--to", "issuer/a", "--ref", "none"],
      "is no reference to an issuer",
    ],
    [["verify", "--in", "OBJECTS"], "name the steps of the plan"],
    [["verify", "--in", "OBJECTS", "nowhere"], "nowhere does not exist"],
  ])("%j is refused in words", async (argv, message) => {
    await withFiles({ "objects.json": fixture("07-0-before") }, async (directory) => {
      const words = argv.map((word) => (word === "OBJECTS" ? `${directory}/objects.json` : word));
      const { code, err } = await ran(["rotation", ...words, "--complete", "--now", at]);
      expect(code).toBe(2);
      expect(err).toContain(message);
    });
  });
});
