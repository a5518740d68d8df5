import { inert } from "../../show/inert.ts";
import type { Broken } from "../../time/forecast/result.ts";
import { labelOf } from "../../trust/handshake.ts";
import type { ForecastDocument } from "./document.ts";
import { lanesOf } from "./rows.ts";

/** A calendar (RFC 5545): what breaks, new keys of CAs, expiries and renewals; what is alike is one entry. */
export function render({ now, worlds }: ForecastDocument): string {
  const stamp = compact(now);
  const entries = worlds.flatMap(({ broken, events }) => [
    ...broken.map((one) => brokenEntry(one, stamp)),
    ...lanesOf(
      events.filter(({ type }) => type !== "reload"),
      false,
    ).flatMap(({ title, events: mine }) =>
      mine.map(({ at, type, effect }) => entry(at, stamp, `${type}: ${title}`, effect)),
    ),
  ]);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//knative-certs//kubectl-knative-certs//EN",
    "CALSCALE:GREGORIAN",
    ...entries.flat(),
    "END:VCALENDAR",
  ];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}

function brokenEntry(
  { at, handshake, because, prevent }: Broken,
  stamp: string,
): readonly string[] {
  return entry(at, stamp, `TLS breaks: ${labelOf(handshake)}`, [...because, prevent].join("; "));
}

function entry(at: string, stamp: string, summary: string, text: string): readonly string[] {
  const uid = `${compact(at)}-${summary.replaceAll(/[^A-Za-z0-9]+/g, "-")}`;
  return [
    "BEGIN:VEVENT",
    `UID:${uid}@knative-certs`,
    `DTSTAMP:${stamp}`,
    `DTSTART:${compact(at)}`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(text)}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

function compact(time: string): string {
  return time.replaceAll(/[-:]/g, "");
}

function escaped(text: string): string {
  return inert(text).replaceAll(/[\\;,]/g, (mark) => `\\${mark}`);
}

const longest = 74;

/** Lines end after 75 octets and go on behind a space. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  for (const character of line) {
    if (Buffer.byteLength(part + character) > longest) {
      parts.push(part);
      part = ` ${character}`;
    } else part += character;
  }
  return [...parts, part].join("\r\n");
}
