import type { Certificate } from "../../../src/pki/certificate/certificate.ts";
import { parseCertificate } from "../../../src/pki/certificate/parse.ts";
import { readPem } from "../../../src/pki/pem/read.ts";
import { boringVerify } from "../../../src/pki/verify/boring.ts";
import { goVerify } from "../../../src/pki/verify/go.ts";
import { opensslVerify } from "../../../src/pki/verify/openssl.ts";
import { makePool } from "../../../src/pki/verify/pool.ts";
import { random, type Random } from "../random.ts";
import { limboCases } from "../x509-limbo.ts";
import { pem } from "./issue.ts";
import { mutant } from "./mutate.ts";

/** Certificates of every kind to begin with. */
function seeds(): readonly Uint8Array[] {
  const all = limboCases("test/fixtures/x509/limbo-core.json.gz").flatMap(
    ({ peer_certificate: peer, trusted_certs: trusted, untrusted_intermediates: between }) => [
      peer,
      ...trusted.slice(0, 3),
      ...between.slice(0, 3),
    ],
  );
  const ders = all.flatMap((text) => readPem(text).blocks.map(({ bytes }) => bytes));
  return ders.filter(({ length }) => length < 5000);
}

export function* mutants(seed: number, count: number): Iterable<Uint8Array> {
  const source = random(seed);
  const from = seeds();
  for (let i = 0; i < count; i++) {
    yield mutant(source, from[source.int(0, from.length - 1)] ?? new Uint8Array());
  }
}

/** Puts mutants through everything that reads what users bring; gives the slowest, in milliseconds. */
export function survive(
  seed: number,
  count: number,
): { readonly slowest: number; readonly certificates: number } {
  const source = random(seed);
  const known = seeds().flatMap((der) => certificateOf(der) ?? []);
  let [slowest, certificates] = [0, 0];
  for (const der of mutants(seed, count)) {
    const start = performance.now();
    if (readAll(source, der, known)) certificates++;
    slowest = Math.max(slowest, performance.now() - start);
  }
  return { slowest, certificates };
}

function readAll(source: Random, der: Uint8Array, known: readonly Certificate[]): boolean {
  const text = pem(der);
  const cut = source.int(0, text.length);
  const bent = source.chance(0.5) ? text : text.slice(0, cut) + text.slice(cut + source.int(0, 3));
  for (const { bytes } of readPem(bent).blocks) parseCertificate(bytes);
  const certificate = certificateOf(der);
  if (!certificate) return false;
  const others = Array.from(
    { length: 6 },
    () => known[source.int(0, known.length - 1)] ?? certificate,
  );
  const pool = makePool([certificate, ...others]);
  const now = new Date(source.int(0, 4_000_000_000) * 1000);
  for (const leaf of [certificate, ...others.slice(0, 2)]) {
    const served = source.chance(0.5) ? others : [certificate];
    goVerify(leaf, { roots: pool, intermediates: makePool(served), now, dnsName: "example.com" });
    boringVerify(leaf, { trusted: pool, served, now, anyName: ["example.com"] });
    opensslVerify(leaf, { trusted: pool, served, now });
  }
  return true;
}

function certificateOf(der: Uint8Array): Certificate | undefined {
  const parsed = parseCertificate(der);
  return parsed.ok ? parsed.certificate : undefined;
}
