import type { Certificate } from "../pki/certificate/certificate.ts";
import type { Attempt } from "../pki/verify/verdict.ts";
import type { Dialog } from "./dialogs.ts";
import type { Handshake, Link, Origin, Tried } from "./handshake.ts";
import type { Presented } from "./presented.ts";
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
  if (before) return { ...rowOf(dialog), ...before };
  if (presented.state !== "presented")
    return { ...rowOf(dialog), verdict: presented.state, reason: presented.reason };
  const decision = decide({ store, presented, names: dialog.names, now });
  const served = {
    object: dialog.target.secret ?? noSecret,
    key: "tls.crt",
    place: presented.place,
  };
  const chain =
    decision.verdict === "holds" ? decision.chain : [presented.leaf, ...presented.others];
  return {
    ...rowOf(dialog),
    verdict: decision.verdict,
    reason: decision.reason,
    until: decision.until ? text(decision.until) : null,
    chain: chain.map((link, i) =>
      linkOf(link, (i === 0 ? undefined : anchorOrigin(store, link)) ?? served),
    ),
    tried: decision.tried.flatMap(triedOf),
    note: lagOf(decision, store),
  };
}

/** What is certain comes before what is not known: a dialer that cannot start, an endpoint with nothing to show. */
function settledBefore({ dialog, store, presented }: Case): Dialog["settled"] {
  const before = dialog.settled ?? store?.broken;
  if (before?.verdict === "unknown" && presented.state === "fails")
    return { verdict: "fails", reason: presented.reason };
  return before;
}

function rowOf({ dialer, endpoint, target, names }: Dialog) {
  const { hosts, exactly, anyOf } = names;
  return {
    dialer,
    endpoint,
    presents: target.secret ?? null,
    serverNames: [...hosts, ...(exactly === undefined ? [] : [exactly]), ...anyOf],
    until: null,
    chain: [],
    tried: [],
    note: null,
  };
}

const noSecret = { kind: "Secret", namespace: "", name: "" };

function anchorOrigin(store: TrustStore | undefined, certificate: Certificate): Origin | undefined {
  const anchor = store?.anchors.find(
    (one) => one.certificate.fingerprint === certificate.fingerprint,
  );
  return (
    anchor && { object: anchor.input.object, key: anchor.input.key, place: anchor.input.place }
  );
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
