import { createHash } from "node:crypto";
import { nameOf, type SubjectRef } from "../model/object.ts";
import type { Place } from "../model/place.ts";

interface Fingerprinted {
  readonly code: string;
  readonly world: string;
  readonly subject: SubjectRef;
  readonly messageId: string;
  readonly place: Place | undefined;
  /** Counts findings that are alike in everything else. */
  readonly ordinal?: number;
}

/** Identifies a fault by rule, message, object and path, so that it survives every change of lines; 32 hex digits. */
export function fingerprint({
  code,
  world,
  subject,
  messageId,
  place,
  ordinal = 0,
}: Fingerprinted): string {
  const inside = place?.inside && "pointer" in place.inside ? place.inside.pointer : "";
  const file = place?.provenance.type === "text" ? place.provenance.file : "";
  const parts = [
    code,
    messageId,
    world,
    nameOf(subject),
    place?.pointer ?? "",
    inside,
    file,
    ordinal,
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
