import { readPem } from "../../pki/pem/read.ts";
import { parsedBlock, type Dropped, type Kept, type Reading } from "./reading.ts";

/**
 * x509.CertPool.AppendCertsFromPEM, with which the activator reads ConfigMaps and Eventing reads all its bundles: what
 * it cannot use it passes over in silence, and keeps the rest.
 */
export function appendCerts(text: string): Reading {
  const { blocks, passedOver } = readPem(text);
  const kept: Kept[] = [];
  const dropped: Dropped[] = [...passedOver];
  for (const block of blocks) {
    const { start, end, type, headers } = block;
    if (type !== "CERTIFICATE") dropped.push({ start, end, why: `it is a ${type}` });
    else if (headers.size > 0) dropped.push({ start, end, why: "it has headers" });
    else {
      const parsed = parsedBlock(block);
      if (parsed.ok) kept.push({ start, end, certificate: parsed.certificate });
      else dropped.push({ start, end, why: parsed.why });
    }
  }
  dropped.sort((a, b) => a.start - b.start);
  return { kept, dropped, refused: undefined, panics: undefined };
}
