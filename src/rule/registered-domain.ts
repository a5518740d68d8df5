// The build loads it at the first call: build/late-suffixes.mjs.
import { getDomain } from "tldts";

/**
 * The domain that somebody registered, by the Public Suffix List, which names public and private suffixes: example.co.uk
 * of shop.example.co.uk. What is a suffix itself stands for itself.
 */
export function registeredDomain(name: string): string {
  const host = name.replace(/^\*\./, "");
  return getDomain(host, { allowPrivateDomains: true }) ?? host;
}
