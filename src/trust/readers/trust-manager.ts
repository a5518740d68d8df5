import { readPem } from "../../pki/pem/read.ts";
import {
  nothing,
  parsedBlock,
  refusedFor,
  type Dropped,
  type Kept,
  type Reading,
} from "./reading.ts";

/**
 * How trust-manager reads a source of a Bundle: anything but certificates without headers makes it give up the whole
 * Bundle; what is no block at all it strips (trust-manager pkg/util/cert_pool.go AddCertsFromPEM). A certificate with a
 * negative serial number is left out (pkg/compat), and on demand what is no CA.
 */
export function bundleSource(text: string, leavesOutLeaves: boolean): Reading {
  const { blocks, passedOver } = readPem(text);
  const kept: Kept[] = [];
  const dropped: Dropped[] = [...passedOver];
  for (const block of blocks) {
    const { start, end, type, headers } = block;
    if (type !== "CERTIFICATE") return refusedFor({ start, end, why: `it is a ${type}` }, text);
    if (headers.size > 0) return refusedFor({ start, end, why: "it has headers" }, text);
    const parsed = parsedBlock(block);
    if (parsed.ok) {
      const isLeaf = parsed.certificate.basicConstraints?.isCA !== true;
      if (!isLeaf || !leavesOutLeaves) kept.push({ start, end, certificate: parsed.certificate });
    } else if (parsed.why.includes("negative serial"))
      dropped.push({ start, end, why: parsed.why });
    else return refusedFor({ start, end, why: parsed.why }, text);
  }
  return { ...nothing, kept, dropped: dropped.toSorted((a, b) => a.start - b.start) };
}
