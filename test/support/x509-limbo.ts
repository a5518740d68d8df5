import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Certificate } from "../../src/pki/certificate/certificate.ts";
import { parseCertificate } from "../../src/pki/certificate/parse.ts";
import { readPem } from "../../src/pki/pem/read.ts";
import type { GoProfile } from "../../src/pki/profile.ts";
import { goVerify } from "../../src/pki/verify/go.ts";
import type { ProblemCode } from "../../src/pki/verify/verdict.ts";
import { makePool } from "../../src/pki/verify/pool.ts";

/** A case of x509-limbo: the fields of its schema that are used here. */
export interface LimboCase {
  readonly id: string;
  readonly features: readonly string[];
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time: string | null;
  readonly expected_peer_name: { readonly kind: string; readonly value: string } | null;
}

/** What a version of Go said, and with which error. */
export interface GoSaid {
  readonly verdict: "SUCCESS" | "FAILURE" | "SKIPPED";
  readonly error: string;
}

export function limboCases(path: string): readonly LimboCase[] {
  const { testcases }: { readonly testcases: readonly LimboCase[] } = JSON.parse(text(path));
  return testcases;
}

/** By id; the columns of the table have the names of the versions. */
export function goVerdicts(path: string, version: "1.25" | "1.26"): ReadonlyMap<string, GoSaid> {
  const [header = "", ...lines] = text(path).trimEnd().split("\n");
  const columns = header.split("\t");
  const column = columns.indexOf(`go${version}`);
  const error = columns.indexOf("err_1.25");
  return new Map(
    lines.map((line) => {
      const cells = line.split("\t");
      return [
        cells[0] ?? "",
        { verdict: cells[column] as GoSaid["verdict"], error: cells[error] ?? "" },
      ];
    }),
  );
}

function text(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
}

type Said = ProblemCode | "ok" | "malformed";

/** Our verdict, asked as limbo's harness for Go asks. */
export function ourVerdict(one: LimboCase, profile: GoProfile, now: Date): Said {
  const [peer] = readPem(one.peer_certificate).blocks;
  const leaf = parseCertificate(peer?.bytes ?? new Uint8Array(), profile);
  if (!leaf.ok) return "malformed";
  const name = one.expected_peer_name;
  const verdict = goVerify(leaf.certificate, {
    roots: makePool(certificatesOf(one.trusted_certs, profile)),
    intermediates: makePool(certificatesOf(one.untrusted_intermediates, profile)),
    now: one.validation_time === null ? now : new Date(one.validation_time),
    profile,
    ...(name ? { dnsName: name.kind === "IP" ? `[${name.value}]` : name.value } : {}),
  });
  return verdict.ok ? "ok" : verdict.code;
}

function certificatesOf(pems: readonly string[], profile: GoProfile): readonly Certificate[] {
  const blocks = pems.flatMap((pem) => readPem(pem).blocks);
  return blocks.flatMap(({ bytes }) => {
    const parsed = parseCertificate(bytes, profile);
    return parsed.ok ? [parsed.certificate] : [];
  });
}

/** The codes that fit Go's error. */
export function codesFor(error: string): readonly Said[] {
  const fits: readonly (readonly [RegExp, Said])[] = [
    [/^$/, "ok"],
    [/^PARSE/, "malformed"],
    [/HostnameError/, "name"],
    [/unknown authority|signature check attempts limit/, "unknown-authority"],
    [/is after/, "expired"],
    [/is before/, "not-yet-valid"],
    [/incompatible key usage/, "usage"],
    [/UnhandledCriticalExtension/, "not-supported"],
    [
      /not authorized|too many intermediates|cannot parse|unknown error|no valid chains/,
      "constraint",
    ],
  ];
  return fits.filter(([pattern]) => pattern.test(error)).map(([, code]) => code);
}
