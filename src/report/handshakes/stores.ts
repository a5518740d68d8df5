import type { Location } from "../../model/location.ts";
import type { SubjectRef } from "../../model/object.ts";
import type { Place } from "../../model/place.ts";
import type { Party } from "../../trust/handshake.ts";
import { placeIn, type StoreInput, type TrustStore } from "../../trust/stores/store.ts";

/** The trust of one dialer, ready to be shown: what it keeps of what it reads, and why not the rest. */
export interface ShownStore {
  readonly holder: Party;
  readonly certificates: readonly ShownAnchor[];
  readonly dropped: readonly ShownDropped[];
  /** Why it may trust more; null where this is all. */
  readonly open: string | null;
  /** Why it cannot dial; null where it can, or where that is not known. */
  readonly broken: string | null;
}

interface From extends SubjectRef {
  readonly key: string;
}

interface ShownAnchor {
  readonly subject: string;
  readonly issuer: string;
  readonly sha256: string;
  /** RFC 3339. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly from: From;
  readonly location: Location | null;
}

interface ShownDropped {
  readonly from: From;
  readonly why: string;
  readonly location: Location | null;
}

type Locate = (place: Place) => Location | null;

export function shownStore(store: TrustStore, locate: Locate): ShownStore {
  const { holder, anchors, inputs, open = null, broken } = store;
  return {
    holder,
    certificates: anchors.map(({ certificate, input, at }) => ({
      subject: certificate.subject.text,
      issuer: certificate.issuer.text,
      sha256: certificate.fingerprint,
      notBefore: text(certificate.notBefore),
      notAfter: text(certificate.notAfter),
      from: fromOf(input),
      location: locate(placeIn(input, at)),
    })),
    dropped: inputs.flatMap((input) =>
      input.reading.dropped.map(({ start, end, why }) => ({
        from: fromOf(input),
        why,
        location: locate(placeIn(input, { start, end })),
      })),
    ),
    open,
    broken: broken?.reason.text ?? null,
  };
}

function fromOf({ object: { kind, namespace, name }, key }: StoreInput): From {
  return { kind, namespace, name, key };
}

function text(date: Date): string {
  return date.toISOString().replace(".000Z", "Z");
}
