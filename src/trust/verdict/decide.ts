import type { Certificate } from "../../pki/certificate/certificate.ts";
import { goVerify } from "../../pki/verify/go.ts";
import { makePool, type Pool } from "../../pki/verify/pool.ts";
import type { Attempt, Chain, Verdict as Verified } from "../../pki/verify/verdict.ts";
import type { Names } from "../dialogs.ts";
import type { Reason, Verdict } from "../handshake.ts";
import type { Shown } from "../presented.ts";
import type { TrustStore } from "../stores/store.ts";

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
 * Decides, and remembers: equal stores, equal chains and equal names are decided once for one time, however many
 * namespaces have them and in however many inventories they turn up.
 */
export function makeDecide(): Decide {
  const verified = new Map<string, Verified>();
  const pools = new Map<string, NumberedPool>();

  function poolOf({ anchors, anchorsKey }: Verification): NumberedPool {
    const known = pools.get(anchorsKey) ?? { id: pools.size, pool: makePool(anchors) };
    pools.set(anchorsKey, known);
    return known;
  }

  function verify(one: Verification): Verified {
    const { leaf, others, now, verifier, dnsName = "" } = one;
    const { id, pool } = poolOf(one);
    const chain = [leaf, ...others].map(({ fingerprint }) => fingerprint);
    const key = [verifier, id, now.getTime(), dnsName, ...chain].join(" ");
    const known = verified.get(key) ?? run(one, pool);
    verified.set(key, known);
    return known;
  }

  return (question) => decide(question, verify);
}

interface NumberedPool {
  readonly id: number;
  readonly pool: Pool;
}

interface Verification {
  readonly verifier: TrustStore["verifier"];
  readonly anchors: readonly Certificate[];
  /** The same for equal sets of anchors. */
  readonly anchorsKey: string;
  readonly leaf: Certificate;
  readonly others: readonly Certificate[];
  readonly dnsName: string | undefined;
  readonly now: Date;
}

type Verify = (verification: Verification) => Verified;

function run({ leaf, others, dnsName, now }: Verification, roots: Pool): Verified {
  return goVerify(leaf, {
    roots,
    intermediates: makePool(others),
    now,
    ...(dnsName === undefined ? {} : { dnsName }),
  });
}

function decide(question: Question, verify: Verify): Decision {
  const { store, presented, names, now } = question;
  const { leaf, others } = presented;
  const shared = {
    verifier: store?.verifier ?? "go",
    leaf,
    others,
    dnsName: names.hosts[0],
  } as const;
  // As its own anchor, a leaf is judged by nothing but itself.
  const alone = (): Verified => {
    const own = verify({ ...shared, anchors: [leaf], anchorsKey: leaf.fingerprint, now });
    return own.ok ? (missingName(leaf, names) ?? own) : own;
  };
  if (!store) return withoutStore(alone());
  const ask = (at: Date) =>
    verify({ ...shared, anchors: store.certificates, anchorsKey: store.certificatesKey, now: at });
  const verdict = ask(now);
  if (verdict.ok) {
    const missing = missingName(leaf, names);
    return missing ? failed(missing) : holds(verdict, ask);
  }
  if (store.open === undefined) return failed(verdict, store);
  const own = alone();
  return own.ok ? undecided(verdict, own, store.open) : failed(own);
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

/** A certificate that becomes valid later, or a longer chain, can take over when the first chain ends. */
function holds(first: Valid, ask: (at: Date) => Verified): Decision {
  let last = first;
  for (let takeovers = 0; takeovers < 16; takeovers++) {
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

function failed({ code, why, tried }: Invalid, store?: TrustStore): Decision {
  const reason: Reason =
    code === "unknown-authority" && store?.anchors.length === 0
      ? { code: "no-trust", text: `the ${store.holder.component} trusts no certificate` }
      : { code, text: why };
  return { ...nobody, verdict: "fails", reason, tried };
}

/** More may be trusted than is known: only what the certificate alone decides is certain. */
function undecided({ code, tried }: Invalid, own: Valid, open: string): Decision {
  return { ...nobody, verdict: "unknown", reason: { code, text: open }, until: own.until, tried };
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
