import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { pack } from "tar-stream";

/** No file has a time of its own, so that two builds give the same bytes: the oldest that zip knows, which it has in local time. */
const tarTime = new Date(Date.UTC(1980, 0, 1));
const zipTime = new Date(1980, 0, 1);

/**
 * @typedef {{ name: string, content: Buffer, mode: number }} File
 * @param {readonly File[]} files
 * @returns {Promise<Buffer>}
 */
export async function tarGz(files) {
  const archive = pack();
  for (const { name, content, mode } of files)
    archive.entry({ name, mode, mtime: tarTime, uid: 0, gid: 0 }, content);
  archive.finalize();
  const chunks = [];
  for await (const chunk of archive) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks), { level: 9 });
}

/**
 * @param {readonly File[]} files
 * @returns {Buffer}
 */
export function zip(files) {
  const entries = files.map(({ name, content, mode }) => [
    name,
    [content, { mtime: zipTime, os: 3, attrs: mode << 16 }],
  ]);
  return Buffer.from(zipSync(Object.fromEntries(entries), { level: 9 }));
}
