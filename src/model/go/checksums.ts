/** Go's hash/adler32 of the UTF-8 text; Knative appends it to the certificate names of tagged routes. */
export function adler32(value: string): number {
  let low = 1;
  let high = 0;
  for (const byte of new TextEncoder().encode(value)) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return high * 65_536 + low;
}

/**
 * The `knative.dev/example-checksum` of an `_example` block, 8 hex digits: CRC-32 (IEEE) of the trimmed text in which
 * every run of newlines is the two characters backslash and n.
 * Source: knative/pkg configmap/example.go Checksum, where the replacement is a raw string.
 */
export function exampleChecksum(example: string): string {
  const normalised = example.trim().replaceAll(/(?:\r?\n)+/g, "\\n");
  return crc32(new TextEncoder().encode(normalised)).toString(16).padStart(8, "0");
}

function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
