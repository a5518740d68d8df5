import { readFileSync } from "node:fs";
import { parseCertificate } from "../../src/pki/certificate/parse.ts";
import { readPem } from "../../src/pki/pem/read.ts";
import { goVerify } from "../../src/pki/verify/go.ts";
import { makePool, type Pool } from "../../src/pki/verify/pool.ts";

/** What `bench` of test/conformance/go does: reads a bundle that begins with the root, and verifies the others. */
let roots: Pool | undefined;
let valid = 0;
for (const { bytes } of readPem(readFileSync(process.argv[2] ?? "", "utf8")).blocks) {
  const parsed = parseCertificate(bytes);
  if (!parsed.ok) throw new Error(parsed.why);
  const { certificate } = parsed;
  if (!roots) roots = makePool([certificate]);
  else if (goVerify(certificate, { roots, now: certificate.notBefore }).ok) valid++;
}
process.stdout.write(`${JSON.stringify({ node: process.version, answers: valid })}\n`);
