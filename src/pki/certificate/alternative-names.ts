import { latin1Of } from "../der/bytes.ts";
import { bytesOf, isEmpty, read, readElement, readerOf, tags } from "../der/read.ts";
import { ia5Text } from "../der/text.ts";
import { domainNameValid } from "../go/domain.ts";
import { urlHost, type UrlRules } from "../go/url.ts";
import type { Names, UriName } from "./certificate.ts";
import { Malformed, need } from "./malformed.ts";

/** x509.parseSANExtension; names of other types are passed over. */
export function parseAlternativeNames(extension: Uint8Array, rules: UrlRules): Names {
  const dns: string[] = [];
  const email: string[] = [];
  const ip: Uint8Array[] = [];
  const uri: UriName[] = [];
  const names = need(read(readerOf(extension), tags.sequence), "invalid subject alternative names");
  while (!isEmpty(names)) {
    const name = need(readElement(names), "invalid subject alternative name");
    const bytes = bytesOf(name.contents);
    switch (name.tag ^ 0x80) {
      case 1:
        email.push(need(ia5Text(bytes), "SAN rfc822Name is malformed"));
        break;
      case 2:
        dns.push(need(ia5Text(bytes), "SAN dNSName is malformed"));
        break;
      case 6:
        uri.push(parseUri(bytes, rules));
        break;
      case 7:
        ip.push(parseAddress(bytes));
        break;
      default:
    }
  }
  const key = latin1Of(extension);
  return { key, dns, ip, uri, email };
}

function parseUri(bytes: Uint8Array, rules: UrlRules): UriName {
  const text = need(ia5Text(bytes), "SAN uniformResourceIdentifier is malformed");
  const host = need(urlHost(text, rules), `cannot parse URI ${JSON.stringify(text)}`);
  if (!domainNameValid(host, false)) {
    throw new Malformed(`cannot parse URI ${JSON.stringify(text)}: invalid domain`);
  }
  return { text, host };
}

function parseAddress(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 4 || bytes.length === 16) return bytes;
  throw new Malformed(`cannot parse IP address of length ${String(bytes.length)}`);
}
