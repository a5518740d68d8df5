import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const pageSize = 4096;
const segmentPageSize = 16384;
const headerSize = 32;
const segment64 = 0x19;
const codeSignature = 0x1d;
const directorySize = 88;

/**
 * Gives a Mach-O file the ad-hoc signature without which Apple silicon runs nothing, as Apple's linker does: the hash of
 * every page, and nobody's name. Overwrites the file. Layout: xnu osfmk/kern/cs_blobs.h, mach-o/loader.h.
 *
 * @throws when the file is no thin 64-bit Mach-O, is signed already, or has no room for one more load command
 */
export function sign(path, identifier) {
  const file = readFileSync(path);
  const { end, linkEdit, text, firstSection } = loadCommands(file);
  if (end + 16 > firstSection) throw new Error(`${path} has no room for a load command`);
  const signatureAt = align(file.length, 16);
  const name = Buffer.from(`${identifier}\0`);
  const pages = Math.ceil(signatureAt / pageSize);
  const size = align(20 + directorySize + name.length + 32 * pages, 16);

  const code = Buffer.concat([file, Buffer.alloc(signatureAt - file.length)]);
  code.writeUInt32LE(codeSignature, end);
  code.writeUInt32LE(16, end + 4);
  code.writeUInt32LE(signatureAt, end + 8);
  code.writeUInt32LE(size, end + 12);
  code.writeUInt32LE(code.readUInt32LE(16) + 1, 16);
  code.writeUInt32LE(code.readUInt32LE(20) + 16, 20);
  const linkEditSize = signatureAt + size - Number(code.readBigUInt64LE(linkEdit + 40));
  code.writeBigUInt64LE(BigInt(linkEditSize), linkEdit + 48);
  code.writeBigUInt64LE(BigInt(align(linkEditSize, segmentPageSize)), linkEdit + 32);

  writeFileSync(path, Buffer.concat([code, superBlob(code, { name, pages, size, text })]), {
    mode: 0o755,
  });
}

/** Where the load commands end, and the ones that matter are. */
function loadCommands(file) {
  if (file.readUInt32LE(0) !== 0xfeedfacf) throw new Error("this is no thin 64-bit Mach-O file");
  let at = headerSize;
  let linkEdit;
  let text;
  let firstSection = Number.POSITIVE_INFINITY;
  for (let i = 0; i < file.readUInt32LE(16); i++) {
    const command = file.readUInt32LE(at);
    if (command === codeSignature) throw new Error("this file is signed already");
    if (command === segment64) {
      const name = file.toString("latin1", at + 8, at + 24).replace(/\0+$/, "");
      if (name === "__LINKEDIT") linkEdit = at;
      if (name === "__TEXT") text = at;
      for (let section = 0; section < file.readUInt32LE(at + 64); section++) {
        const offset = file.readUInt32LE(at + 72 + 80 * section + 48);
        if (offset > 0) firstSection = Math.min(firstSection, offset);
      }
    }
    at += file.readUInt32LE(at + 4);
  }
  if (linkEdit === undefined || text === undefined) throw new Error("a segment is missing");
  return { end: at, linkEdit, text, firstSection };
}

/** A signature that holds one code directory, big-endian. */
function superBlob(code, { name, pages, size, text }) {
  const length = directorySize + name.length + 32 * pages;
  const blob = Buffer.alloc(size);
  words(blob, [0xfade0cc0, 20 + length, 1, 0, 20]);
  const directory = blob.subarray(20);
  const adHocLinkerSigned = 0x20002;
  const hashesAt = directorySize + name.length;
  const version = 0x20400;
  words(directory, [
    0xfade0c02,
    length,
    version,
    adHocLinkerSigned,
    hashesAt,
    directorySize,
    0,
    pages,
    code.length,
  ]);
  directory.set([32, 2, 0, Math.log2(pageSize)], 36);
  directory.writeBigUInt64BE(0n, 64);
  directory.writeBigUInt64BE(code.readBigUInt64LE(text + 48), 72);
  directory.writeBigUInt64BE(1n, 80);
  name.copy(directory, directorySize);
  for (let page = 0; page < pages; page++) {
    const bytes = code.subarray(page * pageSize, (page + 1) * pageSize);
    createHash("sha256")
      .update(bytes)
      .digest()
      .copy(directory, hashesAt + 32 * page);
  }
  return blob;
}

function words(buffer, values) {
  for (const [i, value] of values.entries()) buffer.writeUInt32BE(value, 4 * i);
}

function align(value, to) {
  return Math.ceil(value / to) * to;
}
