import type { YamlValue } from "../../model/yaml-value.ts";
import { isTimestamp } from "./timestamp.ts";

export type Scalar = Exclude<YamlValue, { type: "list" | "map" }>;

/** Why go-yaml cannot make a value of a scalar. */
export interface Refused {
  readonly type: "refused";
  readonly message: string;
}

/** The prefix of the tags that are written `!!int`. */
export const yamlTag = "tag:yaml.org,2002:";

/**
 * The value that go.yaml.in/yaml/v2 v2.4.2 (resolve.go, and scalar in decode.go) gives a scalar whose target has no
 * type. `tag` is the whole name of an explicit tag, `plain` tells that the text stood there without quotes.
 */
export function resolveScalar(
  tag: string | undefined,
  text: string,
  plain: boolean,
): Scalar | Refused {
  if (tag === undefined) return plain ? resolvePlain(text) : { type: "string", value: text };
  const name = tag.startsWith(yamlTag) ? tag.slice(yamlTag.length) : "";
  if (name === "binary") return decodeBinary(text);
  return checked.has(name) ? resolveTagged(name, text) : { type: "string", value: text };
}

/** Tags that go-yaml holds a value to; it ignores all others, and takes everything for a !!str. */
const checked: ReadonlySet<string> = new Set(["bool", "int", "float", "null", "timestamp"]);

function resolveTagged(name: string, text: string): Scalar | Refused {
  const value = resolvePlain(text);
  if (value.type === name) return value;
  if (name === "timestamp" && isTimestamp(text)) return value;
  if (name === "float" && value.type === "int" && value.value < firstUnsigned) {
    return { type: "float", value: Number(value.value) };
  }
  const found = value.type === "string" ? "str" : value.type;
  return refuse(`cannot decode !!${found} \`${text}\` as a !!${name}`);
}

function refuse(message: string): Refused {
  return { type: "refused", message };
}

const yes: Scalar = { type: "bool", value: true };
const no: Scalar = { type: "bool", value: false };
const nothing: Scalar = { type: "null" };

const words: ReadonlyMap<string, Scalar> = new Map([
  ...spellings(yes, "y Y yes Yes YES true True TRUE on On ON"),
  ...spellings(no, "n N no No NO false False FALSE off Off OFF"),
  ...spellings(nothing, "~ null Null NULL"),
  ...spellings({ type: "float", value: NaN }, ".nan .NaN .NAN"),
  ...spellings({ type: "float", value: Infinity }, ".inf .Inf .INF +.inf +.Inf +.INF"),
  ...spellings({ type: "float", value: -Infinity }, "-.inf -.Inf -.INF"),
  ["", nothing],
]);

function spellings(value: Scalar, list: string): [string, Scalar][] {
  return list.split(" ").map((word) => [word, value]);
}

/** What the first character makes possible, as resolveTable in resolve.go has it. */
const opensNumber = /^[-+.0-9]/;
const longestWord = 5;
/** Go would read on; nobody writes such numbers, and a text of megabytes must not take seconds. */
const longestNumber = 4096;

function resolvePlain(text: string): Scalar {
  if (text.length <= longestWord) {
    const word = words.get(text);
    if (word) return word;
  }
  const number = text.length < longestNumber && opensNumber.test(text);
  return (number ? resolveNumber(text) : undefined) ?? { type: "string", value: text };
}

const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** ParseFloat itself, other than the resolver, wants digits on both sides of an underscore. */
const badUnderscore = /(?<!\d)_|_(?!\d)/;

function resolveNumber(text: string): Scalar | undefined {
  if (text.startsWith(".") && badUnderscore.test(text)) return undefined;
  const digits = text.replaceAll("_", "");
  const integer = parseInteger(digits);
  if (integer !== undefined) return { type: "int", value: integer };
  if (!decimal.test(digits)) return undefined;
  const value = Number(digits);
  return Number.isFinite(value) ? { type: "float", value } : undefined;
}

/** From here on go-yaml holds an integer in an uint64. */
export const firstUnsigned = 2n ** 63n;

/** The digits that may follow a prefix; a leading zero alone means octal. */
const digitsBehind: ReadonlyMap<string, RegExp> = new Map([
  ["0x", /^[0-9a-f]+$/i],
  ["0b", /^[01]+$/],
  ["0o", /^[0-7]+$/],
  ["0", /^[0-7]+$/],
  ["", /^[0-9]+$/],
]);
/** Go's second try at a binary number lets a sign follow the prefix. */
const signBehindPrefix = /^0b([-+])(?=[01]+$)/;
/** Longer than any integer of 64 bits, its sign and its prefix. */
const tooLong = 80;

/** Go's strconv.ParseInt(text, 0, 64), or else ParseUint; undefined where both return an error. */
function parseInteger(text: string): bigint | undefined {
  const short = text.length > tooLong ? text.replace(/^([-+]?0[xXbBoO]?)0+/, "$1") : text;
  if (short.length > tooLong) return undefined;
  const [, sign, digits = ""] = /^([-+]?)(.*)$/.exec(short.replace(signBehindPrefix, "$10b")) ?? [];
  const size = parseDigits(digits);
  if (size === undefined) return undefined;
  if (sign === "-") return size <= firstUnsigned ? -size : undefined;
  return size < (sign === "+" ? firstUnsigned : 2n * firstUnsigned) ? size : undefined;
}

function parseDigits(text: string): bigint | undefined {
  const prefix = /^0[xXbBoO]?(?=.)/.exec(text)?.[0].toLowerCase() ?? "";
  const digits = text.slice(prefix.length);
  if (!digitsBehind.get(prefix)?.test(digits)) return undefined;
  return BigInt(`${prefix === "0" ? "0o" : prefix}${digits}`);
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Go's base64.StdEncoding, which skips line breaks; bytes that are no UTF-8 become U+FFFD, as in encoding/json. */
function decodeBinary(text: string): Scalar | Refused {
  const bare = text.replaceAll(/[\r\n]/g, "");
  if (!base64.test(bare)) return refuse("!!binary value contains invalid base64 data");
  return { type: "string", value: Buffer.from(bare, "base64").toString("utf8") };
}
