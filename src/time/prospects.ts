import { issuerOf } from "../model/certmanager/certificate.ts";
import { defineFact } from "../model/fact.ts";
import { nameOf, type KubeObject, type SubjectRef } from "../model/object.ts";
import { perObject } from "../model/per-object.ts";
import { handshakes } from "../trust/facts.ts";
import type { Handshake } from "../trust/handshake.ts";
import { issue } from "./cert-manager/issue.ts";
import { signerOf } from "./cert-manager/signer.ts";
import { whyIssued } from "./cert-manager/triggers.ts";
import { nextRenewal } from "./cert-manager/renewal.ts";
import { routingSecretOf } from "./holders.ts";
import { quickJudge } from "./judge.ts";
import { rowKey } from "./judged.ts";
import { present } from "./fact.ts";
import { makersOf, presentedName, slicesOf, withSlice } from "./slices.ts";
import { freshState } from "./state.ts";
import { secretOf, withObjects, type World } from "./world.ts";

/** What becomes of a handshake that holds when the certificates behind it are renewed the next time. */
export type Outcome =
  | { readonly state: "holds" }
  /** Nobody knows who signs the next certificate, or nobody can. */
  | { readonly state: "unknown"; readonly why: string }
  | {
      readonly state: "lost";
      /** The same handshake after that renewal. */
      readonly after: Handshake;
      /** The Certificate whose renewal does it: the one that is presented, or the one whose `ca.crt` is trusted. */
      readonly renewed: KubeObject;
      readonly ofTrust: boolean;
      /** When that renewal is due, in milliseconds; undefined: nobody can tell. */
      readonly due: number | undefined;
    };

/** A handshake that does not fail now, and its future. */
export interface Prospect {
  readonly row: Handshake;
  /** The issuer of the certificate that is presented; undefined where no Certificate makes it. */
  readonly issuer: SubjectRef | undefined;
  readonly outcome: Outcome;
}

export const prospects = defineFact<(now: Date) => readonly Prospect[]>({
  name: "prospects",
  reads: [],
  from: [handshakes, present],
  derive: (_source, ask) => {
    const world = ask(present)();
    return (now) => prospectsIn(world, ask(handshakes)(now), now.getTime());
  },
});

function prospectsIn(world: World, rows: readonly Handshake[], now: number): readonly Prospect[] {
  const bySecret = new Map<string, Handshake[]>();
  for (const row of rows) {
    if (row.verdict !== "holds" || !row.presents) continue;
    const name = presentedName(row.presents);
    const mine = bySecret.get(name);
    if (mine) mine.push(row);
    else bySecret.set(name, [row]);
  }
  const makers = makersOf(world);
  const outcomes = outcomesIn(world, bySecret, now);
  return rows.flatMap((row): readonly Prospect[] => {
    if (row.verdict === "fails") return [];
    const maker = row.presents ? makers.get(presentedName(row.presents)) : undefined;
    const undecided: Outcome = { state: "unknown", why: row.reason?.text ?? "" };
    const outcome =
      row.verdict === "unknown" ? undecided : (outcomes.get(row) ?? { state: "holds" });
    return [{ row, issuer: maker && issuerRef(maker), outcome }];
  });
}

const issuerRef = perObject((certificate): SubjectRef => {
  const { kind, name } = issuerOf(certificate);
  return { kind, name, namespace: kind === "Issuer" ? certificate.namespace : "" };
});

function outcomesIn(
  world: World,
  bySecret: ReadonlyMap<string, readonly Handshake[]>,
  now: number,
): ReadonlyMap<Handshake, Outcome> {
  const { shared, slices } = slicesOf(world, [...bySecret.values()].flat());
  const trusted = routingSecretOf(shared);
  const authority = renewalOf(shared, trusted && makersOf(shared).get(nameOf(trusted)), now);
  const outcomes = new Map<Handshake, Outcome>();
  for (const slice of slices) {
    const base = withSlice(shared, slice);
    const own = renewalOf(base, slice.leaf.certificate, now);
    const rows = bySecret.get(nameOf(slice.leaf.secret)) ?? [];
    const found = afterRenewals({ base, rows, own, authority, now });
    for (const { secret, certificate } of slice.members) {
      for (const [i, row] of (bySecret.get(nameOf(secret)) ?? []).entries()) {
        const outcome = found[i];
        if (outcome) outcomes.set(row, ofMember(outcome, certificate, now, world));
      }
    }
  }
  const rows = trusted ? (bySecret.get(nameOf(trusted)) ?? []) : [];
  const found = afterRenewals({ base: shared, rows, own: authority, authority: undefined, now });
  for (const [i, row] of rows.entries()) {
    const outcome = found[i];
    if (outcome) outcomes.set(row, outcome);
  }
  return outcomes;
}

/** Each leaf of a slice has its own Certificate and its own age. */
function ofMember(
  outcome: Outcome,
  certificate: KubeObject | undefined,
  now: number,
  world: World,
): Outcome {
  if (outcome.state !== "lost" || outcome.ofTrust || !certificate) return outcome;
  return { ...outcome, renewed: certificate, due: dueAt(world, certificate, now) };
}

/** A Certificate and what its Secret holds after its renewal; or why that is not known. */
type Renewal = Renewed | { readonly unknown: string };

interface Renewed {
  readonly certificate: KubeObject;
  readonly secret: KubeObject;
  readonly due: number | undefined;
}

function renewalOf(
  world: World,
  certificate: KubeObject | undefined,
  now: number,
): Renewal | undefined {
  if (!certificate) return undefined;
  const signer = signerOf(world, certificate);
  if (signer.type === "outside")
    return { unknown: `what ${signer.what} signs ${nameOf(certificate)} with is not known` };
  const issued = issue(world, certificate, now);
  if ("failed" in issued)
    return { unknown: `${nameOf(certificate)} cannot be renewed: ${issued.failed}` };
  const secret = secretOf(issued.world, certificate);
  return secret && { certificate, secret, due: dueAt(world, certificate, now) };
}

function dueAt(world: World, certificate: KubeObject, now: number): number | undefined {
  const secret = secretOf(world, certificate);
  return whyIssued(secret, certificate) === undefined
    ? nextRenewal(world, secret, certificate)
    : now;
}

interface Question {
  readonly base: World;
  /** Handshakes with one Secret, as they hold now. */
  readonly rows: readonly Handshake[];
  readonly own: Renewal | undefined;
  /** That of routing-serving-certs, whose `ca.crt` dialers trust. */
  readonly authority: Renewal | undefined;
  readonly now: number;
}

/** In the order of `rows`. */
function afterRenewals({ base, rows, own, authority, now }: Question): readonly Outcome[] {
  const names = new Set(rows.map(({ presents }) => (presents ? nameOf(presents) : "")));
  const judge = quickJudge(base, ({ target: { secret } }) =>
    secret ? names.has(nameOf(secret)) : false,
  );
  const known = [own, authority].flatMap((one) => (one && "secret" in one ? [one] : []));
  const found = new Map<string, Outcome>();
  for (const renewals of [...known.map((one) => [one]), known]) {
    const last = renewals.at(-1);
    if (!last) continue;
    const world = withObjects(
      base,
      renewals.map(({ secret }) => secret),
    );
    for (const row of judge(freshState(world), now)) {
      const key = rowKey(row);
      const outcome = outcomeOf(row, last, last === authority);
      if (outcome && found.get(key)?.state !== "lost") found.set(key, outcome);
    }
  }
  const unsure = [own, authority].find((one) => one && "unknown" in one);
  const otherwise: Outcome =
    unsure && "unknown" in unsure ? { state: "unknown", why: unsure.unknown } : { state: "holds" };
  return rows.map((row) => found.get(rowKey(row)) ?? otherwise);
}

/** Undefined where the handshake still holds. */
function outcomeOf(
  after: Handshake,
  { certificate: renewed, due }: Renewed,
  ofTrust: boolean,
): Outcome | undefined {
  if (after.verdict === "holds") return undefined;
  if (after.verdict === "fails") return { state: "lost", after, renewed, ofTrust, due };
  return { state: "unknown", why: after.reason?.text ?? "" };
}
