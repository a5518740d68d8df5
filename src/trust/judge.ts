import type { Certificate } from "../pki/certificate/certificate.ts";
import type { Attempt } from "../pki/verify/verdict.ts";
import type { Dialog } from "./dialogs.ts";
import type { Handshake, Link, Origin, Tried } from "./handshake.ts";
import type { Presented, Shown } from "./presented.ts";
import type { TrustStore } from "./stores/store.ts";
import type { Decide, Decision } from "./verdict/decide.ts";

/** One handshake with everything that its verdict rests on, but for the time. */
export interface Case {
  readonly dialog: Dialog;
  /** Undefined: nobody knows whom the dialer trusts. */
  readonly store: TrustStore | undefined;
  readonly presented: Presented;
}

export function judge(one: Case, now: Date, decide: Decide): Handshake {
  const { dialog, store, presented } = one;
  const before = settledBefore(one);
  if (before) return rowOf(dialog, before);
  if (presented.state !== "presented")
    return rowOf(dialog, { verdict: presented.state, reason: presented.reason });
  const decision = decide({ store, presented, names: dialog.names, now });
  return rowOf(dialog, {
    verdict: decision.verdict,
    reason: decision.reason,
    until: decision.until ? text(decision.until) : null,
    chain: linksOf(one, presented, decision),
    tried: decision.tried.flatMap(triedOf),
    note: lagOf(decision, store),
  });
}

/** The chain that holds; where none does, what is presented. */
function linksOf(
  { dialog, store }: Case,
  { leaf, others, place }: Shown,
  { verdict, chain }: Decision,
): readonly Link[] {
  const served = { object: dialog.target.secret ?? noSecret, key: "tls.crt", place };
  const links = verdict === "holds" ? chain.slice(1) : others;
  return [
    linkOf(leaf, served),
    ...links.map(
      (link) => (store && anchorsOf(store).get(link.fingerprint)) ?? linkOf(link, served),
    ),
  ];
}

/** What is certain comes before what is not known: a dialer that cannot start, an endpoint with nothing to show. */
function settledBefore({ dialog, store, presented }: Case): Dialog["settled"] {
  const before = dialog.settled ?? store?.broken;
  if (before?.verdict === "unknown" && presented.state === "fails")
    return { verdict: "fails", reason: presented.reason };
  return before;
}

type Outcome = Pick<Handshake, "verdict" | "reason"> &
  Partial<Pick<Handshake, "until" | "chain" | "tried" | "note">>;

const none: readonly never[] = [];

function rowOf({ dialer, endpoint, target, serverNames }: Dialog, outcome: Outcome): Handshake {
  const { verdict, reason, until = null, chain = none, tried = none } = outcome;
  const note = target.idle ?? outcome.note ?? null;
  const presents = target.secret ?? null;
  return { dialer, endpoint, presents, serverNames, verdict, reason, until, chain, tried, note };
}

const noSecret = { kind: "Secret", namespace: "", name: "" };

const anchorLinks = new WeakMap<TrustStore, ReadonlyMap<string, Link>>();

/** Every anchor of a store as the end of a chain, made once. */
function anchorsOf(store: TrustStore): ReadonlyMap<string, Link> {
  const known =
    anchorLinks.get(store) ??
    new Map(
      store.anchors.map(({ certificate, input: { object, key, place } }) => [
        certificate.fingerprint,
        linkOf(certificate, { object, key, place }),
      ]),
    );
  anchorLinks.set(store, known);
  return known;
}

function linkOf(certificate: Certificate, from: Origin): Link {
  return {
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    sha256: certificate.fingerprint,
    notBefore: text(certificate.notBefore),
    notAfter: text(certificate.notAfter),
    from,
  };
}

function triedOf({ path, problem }: Attempt): readonly Tried[] {
  if (!problem) return [];
  return [{ path: path.map(nameOf), why: problem.why }];
}

/** Leaves of Knative have a common name, but need not. */
function nameOf({ subject, names, fingerprint }: Certificate): string {
  return subject.text || names.dns[0] || `SHA-256 ${fingerprint.slice(0, 16)}`;
}

function text(date: Date): string {
  return date.toISOString().replace(".000Z", "Z");
}

/** What only a running dialer knows: it may hold an older `ca.crt`, on which this verdict rests. */
function lagOf({ verdict, chain }: Decision, store: TrustStore | undefined): string | null {
  if (!store?.lag) return null;
  if (verdict === "fails") return store.lag;
  const anchor = chain.at(-1);
  const holders = store.inputs.filter(({ reading }) =>
    reading.kept.some(({ certificate }) => certificate.fingerprint === anchor?.fingerprint),
  );
  return holders.length > 0 &&
    holders.every(({ key, object }) => key === "ca.crt" && object.kind === "Secret")
    ? store.lag
    : null;
}
