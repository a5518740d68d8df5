import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Certificate } from "../../src/pki/certificate/certificate.ts";
import { pem } from "../support/pki/issue.ts";

export const opensslVersion = version();

function version(): string | undefined {
  const text = spawnSync("openssl", ["version"], { encoding: "utf8" }).stdout;
  return /^OpenSSL 3[^ ]+/.exec(text)?.[0];
}

/** What `openssl verify` says of a TLS server; an empty answer is a valid one. */
export function askOpenssl(
  leaf: Certificate,
  trusted: readonly Certificate[],
  served: readonly Certificate[],
  now: Date,
): string {
  const directory = mkdtempSync(join(tmpdir(), "openssl-"));
  const file = (name: string, certificates: readonly Certificate[]) => {
    const path = join(directory, name);
    writeFileSync(path, certificates.map(({ raw }) => pem(raw)).join(""));
    return path;
  };
  try {
    const { status, stderr } = spawnSync(
      "openssl",
      [
        "verify",
        "-purpose",
        "sslserver",
        "-no-CApath",
        "-no-CAstore",
        "-attime",
        String(Math.floor(now.getTime() / 1000)),
        "-CAfile",
        file("trusted.pem", trusted),
        ...(served.length > 0 ? ["-untrusted", file("served.pem", served)] : []),
        file("leaf.pem", [leaf]),
      ],
      { encoding: "utf8" },
    );
    return status === 0 ? "" : stderr;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
