import type { Certificate } from "../../pki/certificate/certificate.ts";
import { boringVerify } from "../../pki/verify/boring.ts";
import { goHandshake } from "../../pki/verify/go.ts";
import { hostNameProblem } from "../../pki/verify/host-name.ts";
import { makePool, type Pool } from "../../pki/verify/pool.ts";
import type { Attempt, Chain, Verdict as Verified } from "../../pki/verify/verdict.ts";
import type { Names } from "../dialogs.ts";
import type { Reason, Verdict } from "../handshake.ts";
import type { Shown } from "../presented.ts";
import { orderAt, type TrustStore } from "../stores/store.ts";

/** What a dialer says of what an endpoint presents. */
export interface Decision {
  readonly verdict: Verdict;
  readonly reason: Reason | null;
  readonly until: Date | undefined;
  /** The chain that holds longest. */
  readonly chain: Chain;
  readonly tried: readonly Attempt[];
}

interface Question {
  /** Undefined: nobody knows whom the dialer trusts. */
  readonly store: TrustStore | undefined;
  readonly presented: Shown;
  readonly names: Names;
  readonly now: Date;
}

export type Decide = (question: Question) => Decision;

/**
 * Decides, and remembers: equal stores, chains and names are decided once, however many namespaces have them and in
 * however many inventories they turn up; what holds until some time is not decided again for a time before that.
 */
export function makeDecide(): Decide {
  const pools = new Map<string, NumberedPool>();
  const verified = new Map<Certificate, Map<string, Remembered>>();

  function poolOf({ anchors, anchorsKey }: Verification): NumberedPool {
    const known = pools.get(anchorsKey) ?? { id: pools.size, pool: makePool(anchors) };
    pools.set(anchorsKey, known);
    return known;
  }

  function verify(one: Verification): Verified {
    const { leaf, others, now, verifier, dnsName = "" } = one;
    const { id, pool } = poolOf(one);
    const behind = others.map(({ fingerprint }) => fingerprint).join(" ");
    const key = `${verifier} ${String(id)} ${dnsName} ${behind}`;
    const ofLeaf = verified.get(leaf) ?? new Map<string, Remembered>();
    verified.set(leaf, ofLeaf);
    const known = ofLeaf.get(key);
    if (known && stillSays(known, now)) return known.verdict;
    const verdict = run(one, pool);
    ofLeaf.set(key, { at: now, verdict });
    return verdict;
  }

  return (question) => decide(question, verify);
}

interface Remembered {
  readonly at: Date;
  readonly verdict: Verified;
}

function stillSays({ at, verdict }: Remembered, now: Date): boolean {
  return verdict.ok ? at <= now && now <= verdict.until : at.getTime() === now.getTime();
}

interface NumberedPool {
  readonly id: number;
  readonly pool: Pool;
}

interface Verification {
  readonly verifier: TrustStore["verifier"];
  readonly anchors: readonly Certificate[];
  /** The same for equal lists of anchors. */
  readonly anchorsKey: string;
  readonly leaf: Certificate;
  readonly others: readonly Certificate[];
  readonly dnsName: string | undefined;
  readonly now: Date;
}

type Verify = (verification: Verification) => Verified;

function run({ verifier, leaf, others, dnsName, now }: Verification, roots: Pool): Verified {
  if (verifier === "boring") return boringVerify(leaf, { trusted: roots, served: others, now });
  return goHandshake(leaf, {
    roots,
    intermediates: makePool(others),
    now,
    ...(dnsName === undefined ? {} : { dnsName }),
  });
}

function decide(question: Question, verify: Verify): Decision {
  const { store, presented, names, now } = question;
  const own = () => alone(question);
  if (!store) return withoutStore(own());
  const orders = store.orders.map((order) => orderAt(order, now));
  const asks = orders.map(({ certificates, key }) => (at: Date) => {
    const { leaf, others } = presented;
    const shared = { verifier: store.verifier, leaf, others, dnsName: names.hosts[0], now: at };
    return verify({ ...shared, anchors: certificates, anchorsKey: key });
  });
  const answers = asks.map((ask) => answer(ask, presented.leaf, names, now));
  const [first] = answers;
  if (!first) return withoutStore(own());
  if (answers.some(({ ok }) => ok !== first.ok)) return byChance(own());
  if (first.ok) return firstToEnd(answers) ?? first.decision;
  const isEmpty = orders.every(({ certificates }) => certificates.length === 0);
  if (store.open === undefined) return failed(first, isEmpty ? store : undefined);
  const self = own();
  return self.ok ? undecided(first, self, store.open) : failed(self);
}

/** As its own anchor, a leaf is judged by nothing but itself. */
function alone({ store, presented, names, now }: Question): Verified {
  const { leaf, others } = presented;
  const verifier = store?.verifier ?? "go";
  const shared = { verifier, leaf, others, anchors: [leaf], anchorsKey: leaf.fingerprint, now };
  const [first, ...hosts] = names.hosts;
  const verdict = run({ ...shared, dnsName: first }, makePool([leaf]));
  if (!verdict.ok) return verdict;
  return missingHost(leaf, hosts) ?? missingName(leaf, names) ?? verdict;
}

function missingHost(leaf: Certificate, hosts: readonly string[]): Invalid | undefined {
  for (const host of hosts) {
    const why = hostNameProblem(leaf, host);
    if (why !== undefined) return invalidName(leaf, `the certificate ${why}`);
  }
  return undefined;
}

type Answer = Invalid | { readonly ok: true; readonly decision: Decision };

function answer(ask: (at: Date) => Verified, leaf: Certificate, names: Names, now: Date): Answer {
  const verdict = ask(now);
  if (!verdict.ok) return verdict;
  return missingName(leaf, names) ?? { ok: true, decision: holds(leaf, verdict, ask) };
}

/** What holds in every order holds until it ends in one of them. */
function firstToEnd(answers: readonly Answer[]): Decision | undefined {
  const decisions = answers.flatMap((one) => (one.ok ? [one.decision] : []));
  const end = ({ until }: Decision) => until?.getTime() ?? Infinity;
  return decisions.toSorted((a, b) => end(a) - end(b))[0];
}

type Valid = Verified & { readonly ok: true };
type Invalid = Verified & { readonly ok: false };

/** The names that are compared with what stands in the certificate, and not matched as host names. */
function missingName(leaf: Certificate, { exactly, anyOf }: Names): Invalid | undefined {
  const { dns } = leaf.names;
  const written = dns.length === 0 ? "none" : dns.join(", ");
  if (exactly !== undefined && !dns.includes(exactly))
    return invalidName(leaf, `the certificate lacks the name ${exactly}; it has ${written}`);
  if (anyOf.length === 0 || anyOf.some((name) => dns.some((san) => isSan(san, name))))
    return undefined;
  return invalidName(
    leaf,
    `the certificate has none of the names ${anyOf.join(", ")}; it has ${written}`,
  );
}

/** Envoy's exact DNS matcher, for the names of Serving, which are all of one label (Utility::dnsNameMatch). */
function isSan(san: string, name: string): boolean {
  return san.toLowerCase() === name;
}

function invalidName(leaf: Certificate, why: string): Invalid {
  const problem = { code: "name", why } as const;
  return { ok: false, code: "name", why, tried: [{ path: [leaf], role: "leaf", problem }] };
}

/**
 * A CA that becomes valid later, or another chain, can take over when the first chain ends; nothing takes over from
 * the leaf.
 */
function holds(leaf: Certificate, first: Valid, ask: (at: Date) => Verified): Decision {
  let last = first;
  for (let takeovers = 0; takeovers < 16 && last.until < leaf.notAfter; takeovers++) {
    const next = ask(new Date(last.until.getTime() + 1));
    if (!next.ok) break;
    last = next;
  }
  return {
    verdict: "holds",
    reason: null,
    until: last.until,
    chain: longest(first),
    tried: first.tried,
  };
}

function longest({ chains }: Valid): Chain {
  return chains.reduce((best, chain) => (endOf(chain) > endOf(best) ? chain : best));
}

function endOf(chain: Chain): number {
  return Math.min(...chain.map(({ notAfter }) => notAfter.getTime()));
}

const nobody = { until: undefined, chain: [] } as const;

function failed({ code, why, tried }: Invalid, empty?: TrustStore): Decision {
  const reason: Reason =
    code === "unknown-authority" && empty
      ? { code: "no-trust", text: `the ${empty.holder.component} trusts no certificate` }
      : { code, text: why };
  return { ...nobody, verdict: "fails", reason, tried };
}

/** More may be trusted than is known: only what the certificate alone decides is certain. */
function undecided({ code, tried }: Invalid, own: Valid, open: string): Decision {
  return { ...nobody, verdict: "unknown", reason: { code, text: open }, until: own.until, tried };
}

/** Envoy takes the first certificate with the name of the issuer, and which one is first changes from start to start. */
function byChance(own: Verified): Decision {
  if (!own.ok) return failed(own);
  const text =
    "it depends on the order in which bundles are put together, which is another one each time: several hold a CA of the same name, and Envoy tries only the first that fits";
  const reason = { code: "unknown-authority", text } as const;
  return { ...nobody, verdict: "unknown", reason, until: own.until, tried: [] };
}

function withoutStore(own: Verified): Decision {
  if (!own.ok) return failed(own);
  const text = "whom the client trusts is not known; the certificate itself is in order";
  return {
    ...nobody,
    verdict: "unknown",
    reason: { code: "no-trust", text },
    until: own.until,
    tried: [],
  };
}
