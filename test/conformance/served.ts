import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { envoyServerProblem } from "../../src/pki/verify/tls-key.ts";
import { ca, leaf, type Issued, type Wanted } from "../support/pki/issue.ts";
import { otherKey } from "../support/pki/key.ts";

/** Certificates of gateways: whether a real Envoy takes them to serve with, or refuses its whole configuration. */
const [binary = ""] = process.argv.slice(2);
const root = ca();
const kinds = ["ed25519", "P-224", "P-384", "P-521", 1024, 2048, 3072] as const;
const wanted: readonly Wanted[] = [
  {},
  ...kinds.map((kind) => ({ key: otherKey(kind, "served") })),
  { keyUsage: ["keyEncipherment"] },
  { keyUsage: ["digitalSignature"] },
  { extKeyUsage: ["clientAuth"] },
  { hash: "sha1" },
  { until: "2026-01-02T00:00:00Z" },
];
const wrong = wanted.filter((one) => {
  const issued = leaf(root, one);
  return takes(issued) === (envoyServerProblem(issued.certificate) !== undefined);
});
process.stdout.write(
  `a real Envoy serves with ${String(wanted.length - wrong.length)}/${String(wanted.length)} certificates as we say\n`,
);
for (const one of wrong)
  process.stdout.write(`${JSON.stringify({ ...one, key: typeof one.key })}\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;

function takes({ pem, key }: Issued): boolean {
  const directory = mkdtempSync(join(tmpdir(), "envoy-"));
  try {
    const config = join(directory, "envoy.json");
    const privateKey = key.privateKey.export({ format: "pem", type: "pkcs8" });
    writeFileSync(config, JSON.stringify(bootstrapWith(pem, privateKey.toString())), {
      mode: 0o600,
    });
    const { status } = spawnSync(binary, ["--mode", "validate", "-c", config, "-l", "off"], {
      stdio: "ignore",
    });
    return status === 0;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function bootstrapWith(chain: string, key: string) {
  const tls = "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext";
  const certificate = {
    certificate_chain: { inline_string: chain },
    private_key: { inline_string: key },
  };
  return {
    static_resources: {
      listeners: [
        {
          name: "served",
          address: { socket_address: { address: "127.0.0.1", port_value: 1 } },
          filter_chains: [
            {
              transport_socket: {
                name: "envoy.transport_sockets.tls",
                typed_config: {
                  "@type": tls,
                  common_tls_context: { tls_certificates: [certificate] },
                },
              },
            },
          ],
        },
      ],
    },
  };
}
