/** One character per byte: to compare, to look up, and where text is known to be ASCII. */
export function latin1Of(bytes: Uint8Array): string {
  return view(bytes).toString("latin1");
}

export function hexOf(bytes: Uint8Array): string {
  return view(bytes).toString("hex");
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

function view({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}
