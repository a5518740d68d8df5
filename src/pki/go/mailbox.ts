import { reverseLabels } from "./domain.ts";

export interface Mailbox {
  readonly local: string;
  readonly domain: string;
}

/** What RFC 2821 lets stand in a quoted string, and RFC 3696 by its examples. */
// oxlint-disable-next-line no-control-regex -- the grammar allows them
const quoted = /^"((?:[\x01-\x08\x0b\x0c\x0e-\x1f !#-[\]-~\x7f]|\\[\x01-\x09\x0b\x0c\x0e-\x7f])*)"/;
const atoms = /^(?:[0-9A-Za-z!#$%&'*+\-/=?^_`{|}~.]|\\.)+/s;

/** x509.parseRFC2821Mailbox. */
export function parseMailbox(text: string): Mailbox | undefined {
  const match = (text.startsWith('"') ? quoted : atoms).exec(text);
  if (!match) return undefined;
  const local = (match[1] ?? match[0]).replace(/\\(.)/gs, "$1");
  if (!text.startsWith('"') && (/^\.|\.$/.test(local) || local.includes(".."))) return undefined;
  const rest = text.slice(match[0].length);
  if (!rest.startsWith("@") || !reverseLabels(rest.slice(1))) return undefined;
  return { local, domain: rest.slice(1) };
}
