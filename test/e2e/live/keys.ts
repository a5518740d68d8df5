import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { caSecret, pemOf } from "../healthy.ts";
import type { Cluster } from "../cluster.ts";
import { as } from "./asked.ts";

const password = "planted-password";

/** A rule that dies with all that it was given on its lips. */
const telltale = `export default { name: "telltale", rules: [{
  code: "TT1", id: "telltale", summary: "s", severity: "info", since: "0", citation: "c", reads: ["Secret"],
  messages: { m: { says: "m" } },
  subjects: (view) => view.all("Secret"),
  *check(secret) { throw new Error(JSON.stringify(secret)); },
}] };`;

const formats = [
  "json",
  "sarif",
  "github",
  "junit",
  "markdown",
  "html",
  "openreports",
  "prometheus",
];

/** Puts keys and passwords into the cluster and looks for them in everything that comes out. */
export function looksForKeys(given: () => Cluster): void {
  it("never gives away a private key", async () => {
    const cluster = given();
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    await plant(cluster, "planted", { "tls.key": key });
    await plant(cluster, "elsewhere", { whatever: key, "tls.crt": key });
    const file = join(cluster.directory, "keys.json.gz");
    const plugin = join(cluster.directory, "telltale.mjs");
    writeFileSync(plugin, telltale);
    const change = join(cluster.directory, "change.json");
    writeFileSync(change, JSON.stringify(secretNamed("planted", { "tls.key": key, more: "x" })));

    const asked = (...argv: readonly string[]) => as(cluster, "admin", ...argv);
    const reports = formats.map(
      (format) => `${format}=${join(cluster.directory, `out.${format}`)}`,
    );
    const wanted = reports.flatMap((report) => ["-o", report]);
    const outcomes = [
      await asked("check", "--all", "-o", "text", ...wanted),
      await asked("check", "-o", "json", "--all", "--read-private-keys", "--debug"),
      await asked("check", "-o", "json", "--plugin", plugin, "--select", "TT1", "--debug"),
      await asked("diff", "-f", change, "-o", "json"),
      await asked("handshakes", "-o", "json"),
      await asked("graph"),
      await asked("forecast"),
      await asked("explain", "certificate/serving-certs", "-n", "shop"),
      await asked("snapshot", "-o", "-"),
      await asked("snapshot", "-o", file),
    ];
    for (const { code, err } of outcomes) expect([0, 1, 3], err).toContain(code);
    const said = [
      ...outcomes.map(({ out, err }) => out + err),
      gunzipSync(readFileSync(file)).toString("utf8"),
      ...formats.map((format) => readFileSync(join(cluster.directory, `out.${format}`), "utf8")),
    ];
    // What is planted is read, and the rule that dies does say what it has.
    for (const text of [said[2], said[8]]) expect(text).toMatch(/planted.*tls\.key/s);

    const keys = [key, await pemOf(cluster.api, caSecret, "tls.key")];
    const marks = [password, Buffer.from(password).toString("base64"), ...keys.flatMap(marksOf)];
    for (const [i, text] of said.entries())
      for (const mark of marks) expect(text.includes(mark), `output ${i}: ${mark}`).toBe(false);
  });
}

/** Pieces of a key as text, and as the three ways in which base64 of it may be aligned. */
function marksOf(pem: string): readonly string[] {
  const lines = pem.trim().split("\n").slice(1, -1);
  const middle = lines[Math.floor(lines.length / 2)] ?? "";
  const aligned = [0, 1, 2].map((shift) =>
    Buffer.from(middle.slice(shift, shift + 30)).toString("base64"),
  );
  return [middle.slice(0, 30), ...aligned];
}

function secretNamed(name: string, entries: Readonly<Record<string, string>>) {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name,
      namespace: "shop",
      labels: { "networking.internal.knative.dev/certificate-uid": "x" },
    },
    type: "Opaque",
    stringData: { ...entries, password },
  };
}

/** By kubectl, which keeps a copy of all of it in an annotation. */
async function plant(
  cluster: Cluster,
  name: string,
  entries: Readonly<Record<string, string>>,
): Promise<void> {
  await cluster.kubectl(["apply", "-f", "-"], {
    input: JSON.stringify(secretNamed(name, entries)),
  });
}
