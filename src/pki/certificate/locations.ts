import { readOid } from "../der/oid.ts";
import {
  contextTag,
  explicitTag,
  isEmpty,
  peek,
  read,
  readerOf,
  tags,
  type Reader,
} from "../der/read.ts";
import { need } from "./malformed.ts";

/** CRL distribution points: only their form matters here, as Go refuses a certificate for it. */
export function checkDistributionPoints(value: Uint8Array): true {
  const points = need(read(readerOf(value), tags.sequence), "invalid CRL distribution points");
  while (!isEmpty(points)) {
    const why = "invalid CRL distribution point";
    const point = need(read(points, tags.sequence), why);
    if (peek(point) !== explicitTag(0)) continue;
    const name = need(read(point, explicitTag(0)), why);
    skipUris(need(read(name, explicitTag(0)), why), why);
  }
  return true;
}

function skipUris(names: Reader, why: string): void {
  while (peek(names) === contextTag(6)) need(read(names, contextTag(6)), why);
}

/** Authority information access: as above. */
export function checkAccessLocations(value: Uint8Array): true {
  const why = "invalid authority info access";
  const descriptions = need(read(readerOf(value), tags.sequence), why);
  while (!isEmpty(descriptions)) {
    const description = need(read(descriptions, tags.sequence), why);
    need(readOid(description), why);
    if (peek(description) === contextTag(6)) need(read(description, contextTag(6)), why);
  }
  return true;
}
