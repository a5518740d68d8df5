import type { Certificate } from "../../pki/certificate/certificate.ts";
import type { SubjectRef } from "../../model/object.ts";
import type { Place } from "../../model/place.ts";
import { canonicalName } from "../../pki/verify/canonical-name.ts";
import type { Party, Reason } from "../handshake.ts";
import type { Reading, Stretch } from "../readers/reading.ts";

/** One text that a dialer reads for certificates to trust, and what its reader makes of it. */
export interface StoreInput {
  /** The object that the component reads. */
  readonly object: SubjectRef;
  readonly key: string;
  /** Where the text is written, which is another object where a controller copies it. */
  readonly place: Place;
  /** False where the text stands there in base64, so that no line of it can be shown. */
  readonly isText: boolean;
  readonly reading: Reading;
  /** The controller that copies it leaves out what has run out by then. */
  readonly leavesOutExpired?: boolean;
}

/** A certificate in a trust store. */
interface Anchor {
  readonly certificate: Certificate;
  readonly input: StoreInput;
  readonly at: Stretch;
}

/** What one dialer trusts once it has loaded what the objects say. */
export interface TrustStore {
  readonly holder: Party;
  /** Whose code decides. */
  readonly verifier: "go" | "boring";
  /** The namespaces in which it looks for bundles. */
  readonly searches: readonly string[];
  /** Eventing reads `binaryData` of a bundle too. */
  readonly readsBinaryData: boolean;
  readonly inputs: readonly StoreInput[];
  /** In the order in which the component reads them; each certificate once. */
  readonly anchors: readonly Anchor[];
  readonly certificates: readonly Certificate[];
  /** The same for stores that hold the same certificates in the same order. */
  readonly certificatesKey: string;
  /** The certificates in the orders in which the dialer may have them, each with the same key for equal lists. */
  readonly orders: readonly Order[];
  /** Why it may trust more than these; undefined where this is all. */
  readonly open: string | undefined;
  /** What keeps the dialer from dialing at all. */
  readonly broken: Broken | undefined;
  /** When a running dialer notices a change; undefined: at once. */
  readonly lag: string | undefined;
}

export interface Order {
  readonly inputs: readonly StoreInput[];
  readonly certificates: readonly Certificate[];
  readonly key: string;
}

/** The order as a dialer has it at a time. */
export function orderAt(order: Order, now: Date): Order {
  if (!order.inputs.some(({ leavesOutExpired }) => leavesOutExpired)) return order;
  return orderOf(
    order.inputs.map((input) => {
      if (!input.leavesOutExpired) return input;
      const kept = input.reading.kept.filter(({ certificate }) => certificate.notAfter >= now);
      return { ...input, reading: { ...input.reading, kept } };
    }),
  );
}

export interface Broken {
  readonly verdict: "fails" | "unknown";
  readonly reason: Reason;
}

/** The certificates of the inputs, each where it was read first. */
export function contentOf(
  inputs: readonly StoreInput[],
): Pick<TrustStore, "inputs" | "anchors" | "certificates" | "certificatesKey" | "orders"> {
  const anchors = new Map<string, Anchor>();
  for (const input of inputs)
    for (const { certificate, start, end } of input.reading.kept)
      if (!anchors.has(certificate.fingerprint))
        anchors.set(certificate.fingerprint, { certificate, input, at: { start, end } });
  return {
    inputs,
    anchors: [...anchors.values()],
    certificates: [...anchors.values()].map(({ certificate }) => certificate),
    certificatesKey: [...anchors.keys()].join(" "),
    orders: [orderOf(inputs)],
  };
}

function orderOf(inputs: readonly StoreInput[]): Order {
  const certificates = inputs.flatMap(({ reading }) =>
    reading.kept.map(({ certificate }) => certificate),
  );
  return {
    inputs,
    certificates,
    key: certificates.map(({ fingerprint }) => fingerprint).join(" "),
  };
}

/**
 * Where bundles are put together in no particular order, as by a walk over a Go map: the order at hand, the reverse, and
 * each bundle first that has another certificate of a name than others, for only the first of a name counts.
 */
export function anyOrder(
  first: readonly StoreInput[],
  shuffled: readonly StoreInput[],
): readonly Order[] {
  const rivals = rivalsIn(shuffled);
  const orders = [shuffled, ...(rivals.length > 0 ? [shuffled.toReversed()] : [])].concat(
    rivals.map((input) => [input, ...shuffled.filter((other) => other !== input)]),
  );
  const made = orders.map((order) => orderOf([...first, ...order]));
  return [...new Map(made.map((order) => [order.key, order])).values()];
}

/** Inputs with different certificates of one name. */
function rivalsIn(inputs: readonly StoreInput[]): readonly StoreInput[] {
  const subjects = new Map<string, Map<string, StoreInput[]>>();
  for (const input of inputs)
    for (const [subject, certificates] of bySubject(input)) {
      const holders = subjects.get(subject) ?? new Map<string, StoreInput[]>();
      holders.set(certificates, [...(holders.get(certificates) ?? []), input]);
      subjects.set(subject, holders);
    }
  const rivals = [...subjects.values()].filter(({ size }) => size > 1);
  return [...new Set(rivals.flatMap((holders) => [...holders.values()].flat()))];
}

/** The fingerprints of an input by the name in the certificates. */
function bySubject({ reading }: StoreInput): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { certificate } of reading.kept) {
    const key = canonicalName(certificate.subject.key);
    found.set(key, `${found.get(key) ?? ""} ${certificate.fingerprint}`);
  }
  return found;
}

/** The place of a stretch of the input, as exact as the way it is written allows. */
export function placeIn({ place, isText }: StoreInput, { start, end }: Stretch): Place {
  return isText ? { ...place, inside: { offset: start, length: end - start } } : place;
}
