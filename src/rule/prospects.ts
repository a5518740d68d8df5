import { nameOf, type SubjectRef } from "../model/object.ts";
import type { Outcome, Prospect } from "../time/prospects.ts";
import type { View } from "./rule.ts";

export interface ProspectSubject extends SubjectRef {
  readonly prospects: readonly Prospect[];
}

/** Issuers with the handshakes that rest on what they sign; else the Secret or the namespace of the endpoint. */
export function* prospectSubjects(view: View<"prospects">): Iterable<ProspectSubject> {
  const groups = new Map<string, SubjectRef & { readonly prospects: Prospect[] }>();
  for (const prospect of view.fact("prospects")(view.now)) {
    const { row, issuer } = prospect;
    // Whether clients trust a name nobody knows.
    if (row.dialer.component === "client") continue;
    const elsewhere = { kind: "Namespace", namespace: "", name: row.endpoint.namespace };
    const subject = issuer ?? row.presents ?? elsewhere;
    const group = groups.get(nameOf(subject)) ?? { ...subject, prospects: [] };
    group.prospects.push(prospect);
    groups.set(nameOf(subject), group);
  }
  yield* groups.values();
}

/** A handshake that a renewal will break. */
export interface Loss {
  readonly row: Prospect["row"];
  readonly outcome: Extract<Outcome, { readonly state: "lost" }>;
}

/** Those that fail with the next certificate of the endpoint, and those that fail with the next `ca.crt` of the dialer; the earliest first. */
export function lossesOf(prospects: readonly Prospect[]): {
  readonly byLeaf: readonly Loss[];
  readonly byTrust: readonly Loss[];
} {
  const losses = prospects
    .flatMap(({ row, outcome }) => (outcome.state === "lost" ? [{ row, outcome }] : []))
    .toSorted((a, b) => dueOf(a) - dueOf(b));
  return {
    byLeaf: losses.filter(({ outcome }) => !outcome.ofTrust),
    byTrust: losses.filter(({ outcome }) => outcome.ofTrust),
  };
}

function dueOf({ outcome: { due } }: Loss): number {
  return due ?? Number.POSITIVE_INFINITY;
}
