import { latin1Of } from "../der/bytes.ts";
import { readOid } from "../der/oid.ts";
import { bytesOf, isEmpty, read, readElement, tags, type Reader } from "../der/read.ts";
import { readText } from "../der/text.ts";
import type { DistinguishedName } from "./certificate.ts";
import { Malformed, need } from "./malformed.ts";

interface Attribute {
  readonly type: string;
  readonly value: string;
}

/** Attribute types with the names that Go prints. */
export const attributeOids: Readonly<Record<string, string>> = {
  CN: "2.5.4.3",
  SERIALNUMBER: "2.5.4.5",
  C: "2.5.4.6",
  L: "2.5.4.7",
  ST: "2.5.4.8",
  STREET: "2.5.4.9",
  O: "2.5.4.10",
  OU: "2.5.4.11",
  POSTALCODE: "2.5.4.17",
};

const shortNames = new Map(Object.entries(attributeOids).map(([name, oid]) => [oid, name]));

/** Issuers and subjects of one estate are few. */
const known = new Map<string, DistinguishedName>();

/** A Name with its tag and length. */
export function parseName(name: Reader): DistinguishedName {
  const bytes = bytesOf(name);
  const key = latin1Of(bytes);
  const seen = known.get(key);
  if (seen) return seen;
  const sets = [...readSets(need(read(name, tags.sequence), "invalid RDNSequence"))];
  const parsed = {
    key,
    text: sets
      .toReversed()
      .map((set) => set.map(attributeText).join("+"))
      .join(","),
    commonName: sets.flat().findLast(({ type }) => type === attributeOids["CN"])?.value,
  };
  if (known.size < 10_000) known.set(key, parsed);
  return parsed;
}

function* readSets(names: Reader): Iterable<readonly Attribute[]> {
  while (!isEmpty(names)) {
    const set = need(read(names, tags.set), "invalid RDNSequence");
    const attributes: Attribute[] = [];
    while (!isEmpty(set)) attributes.push(readAttribute(set));
    yield attributes;
  }
}

function readAttribute(set: Reader): Attribute {
  const attribute = need(read(set, tags.sequence), "invalid RDNSequence: invalid attribute");
  const type = need(readOid(attribute), "invalid RDNSequence: invalid attribute type");
  const value = need(readElement(attribute), "invalid RDNSequence: invalid attribute value");
  const text = readText(value.tag, bytesOf(value.contents));
  if ("why" in text)
    throw new Malformed(`invalid RDNSequence: invalid attribute value: ${text.why}`);
  return { type, value: text.text };
}

/** RFC 2253, as pkix.RDNSequence.String. */
function attributeText({ type, value }: Attribute): string {
  const escaped = value.replace(/[,+"\\<>;]|^[ #]| $/g, (character) => `\\${character}`);
  return `${shortNames.get(type) ?? type}=${escaped}`;
}
