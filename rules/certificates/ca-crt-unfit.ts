import {
  bundlesIn,
  certificatesOf,
  certificateTitle,
  defineRule,
  endedByAnchors,
  isIssuedBy,
  nameOf,
  outcomeOf,
  placeIn,
  rfc3339,
  sentence,
  usedStores,
  workingNetwork,
  type Certificate,
  type MakeFault,
  type Message,
  type StoreReading,
  type TrustStore,
  type View,
} from "../../src/rule/index.ts";

const issueAnew =
  "delete the Secret, so that cert-manager issues it anew; see who wrote that into it";

const messages = {
  notPem: {
    says: "ca.crt of {secret} holds no PEM block: {start}",
    breaks:
      "the activator crashes when it reads it (nil pointer dereference in pkg/activator/certificate/cache.go), and so at every start",
    fix: issueAnew,
  },
  dropped: {
    says: "ca.crt of {secret}: {why}; {outcome}",
    breaks: "who drops it trusts what bundles hold, and nothing else",
    fix: issueAnew,
  },
  several: {
    says: "ca.crt of {secret} holds {count} certificates, but the activator reads the first one only, {first}",
    breaks: "the others are trusted by the gateway and not by the activator",
    fix: "put further CAs into a trust bundle; cert-manager writes one into ca.crt",
  },
  notItsCa: {
    says: "ca.crt of {secret} is {first}, which did not sign the certificate beside it",
    breaks: "whoever trusts by this ca.crt refuses the very certificate it came with",
    fix: "delete the Secret, so that cert-manager issues it anew; see who else writes it",
  },
  expired: {
    says: "ca.crt of {secret} is {first}, which expired at {date}",
    breaks: "nothing verifies with it any more",
    fix: "renew the CA, then let the certificate be issued anew: cmctl renew",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC316",
  id: "ca-crt-unfit",
  summary: "ca.crt of routing-serving-certs is not what activator and gateway can trust by",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/activator/certificate/cache.go addSecretCAIfPresent; knative-extensions/net-kourier pkg/generator/ingress_translator.go buildTrustChain",
  reads: ["config", "handshakes", "stores", "Secret"],
  follows: ["KC211"],
  messages,
  *subjects(view) {
    if (!view.need(workingNetwork(view.fact("config"))).systemInternalTls.value) return;
    const { serving: namespace } = view.environment.namespaces;
    const ref = { kind: "Secret", namespace, name: "routing-serving-certs" } as const;
    if (view.hasObserved || view.find("Secret", ref.namespace, ref.name)) yield ref;
  },
  *check(ref, view, fault) {
    const secret = view.expect(ref.kind, ref.namespace, ref.name);
    const written = secret && certificatesOf(secret, "ca.crt", view);
    if (!secret || !written) return;
    const served = certificatesOf(secret, "tls.crt", view)?.certificates ?? [];
    const said = {
      secret: nameOf(secret),
      start: JSON.stringify(written.text.slice(0, 20)),
      certificates: written.certificates.map(({ certificate }) => certificate),
      chain: served.map(({ certificate }) => certificate),
      readings: readingsOf(view),
      trust: [bundlesIn(ref.namespace)],
      ended: endedByAnchors(view),
      missed: missedBy(view),
    };
    const lost = said.readings.find(isLost);
    if (lost) yield unread(said, lost, fault);
    const kept = said.readings.find(isOfActivator)?.input.reading.kept[0];
    if (kept) yield* unfit(said, kept.certificate, view.now, fault);
  },
});

type Say = MakeFault<typeof messages>;

interface Written {
  readonly secret: string;
  /** How the text begins. */
  readonly start: string;
  /** All that is in `ca.crt` and parses. */
  readonly certificates: readonly Certificate[];
  /** What stands in `tls.crt` beside it. */
  readonly chain: readonly Certificate[];
  readonly readings: readonly StoreReading[];
  /** What handshakes rest on that fail because of it. */
  readonly trust: readonly string[];
  /** The same where they fail for the time of an anchor. */
  readonly ended: readonly string[];
  readonly missed: ReadonlySet<string>;
}

/** What the activator, which is always there, and the gateways that are used make of `ca.crt`. */
function readingsOf(view: View<"config" | "handshakes" | "stores">): readonly StoreReading[] {
  const used = new Set(usedStores(view));
  return view
    .fact("stores")
    .filter((store) => used.has(store) || store.holder.component === "activator")
    .filter(({ readsBinaryData }) => !readsBinaryData)
    .flatMap((store) =>
      store.inputs
        .filter(({ object, key }) => object.kind === "Secret" && key === "ca.crt")
        .map((input) => ({ store, input })),
    );
}

function isOfActivator({ store }: StoreReading): boolean {
  return store.holder.component === "activator";
}

function isLost({ input: { reading } }: StoreReading): boolean {
  return reading.kept.length === 0 || reading.refused !== undefined;
}

function unread(
  { secret, start, certificates, readings, trust }: Written,
  lost: StoreReading,
  fault: Say,
) {
  const { input } = lost;
  const { refused, dropped, panics } = input.reading;
  if (panics !== undefined && isOfActivator(lost))
    return fault("notPem", input.place, { secret, start }, { affects: trust });
  const first = refused ?? dropped[0];
  const why = first?.why ?? "it holds no certificate";
  const outcome = sentence(readings.filter(isLost).map(outcomeOf));
  const isTrusted = readings
    .filter(isLost)
    .every(
      ({ store }) => certificates.length > 0 && certificates.every((one) => holds(store, one)),
    );
  const severity = isTrusted ? "warning" : "error";
  const place = first ? placeIn(input, first) : input.place;
  return fault("dropped", place, { secret, why, outcome }, { affects: trust, severity });
}

/** What is wrong with the first certificate, which is all that the activator reads. */
function* unfit(
  { secret, certificates, chain, trust, ended, readings, missed }: Written,
  first: Certificate,
  now: Date,
  fault: Say,
) {
  const place = placeOf(readings, first);
  const data = { secret, first: certificateTitle(first), count: certificates.length };
  const isIssuer = (ca: Certificate) =>
    chain.length === 0 ||
    chain.some((one) => one.fingerprint === ca.fingerprint || isIssuedBy(one, ca));
  const isOther = ({ fingerprint }: Certificate) => fingerprint !== first.fingerprint;
  const others = certificates.filter(isOther);
  const isTrusted = readings.every(({ store }) =>
    store.certificates.some((one) => isOther(one) && isIssuer(one)),
  );
  const breaks = { severity: "error", affects: trust } as const;
  const extra = isIssuer(first) || isTrusted ? ({ severity: "warning" } as const) : breaks;
  if (others.length > 0) {
    const isNeeded = others.some(({ subject }) => missed.has(subject.text));
    yield fault("several", place, data, isNeeded ? breaks : extra);
  }
  if (now > first.notAfter) {
    const date = rfc3339(first.notAfter);
    yield fault("expired", place, { ...data, date }, { affects: [...trust, ...ended] });
  }
  if (!isIssuer(first) && !others.some(isIssuer)) yield fault("notItsCa", place, data, extra);
}

/** The issuers that the activator misses. */
function missedBy(view: View<"handshakes">): ReadonlySet<string> {
  const broken = view
    .fact("handshakes")(view.now)
    .filter(
      ({ dialer, reason }) =>
        dialer.component === "activator" && reason?.code === "unknown-authority",
    );
  return new Set(broken.flatMap(({ chain }) => chain.map(({ issuer }) => issuer)));
}

function placeOf(readings: readonly StoreReading[], certificate: Certificate) {
  for (const { input } of readings)
    for (const kept of input.reading.kept)
      if (kept.certificate.fingerprint === certificate.fingerprint) return placeIn(input, kept);
  return undefined;
}

function holds({ certificates }: TrustStore, { fingerprint }: Certificate): boolean {
  return certificates.some((one) => one.fingerprint === fingerprint);
}
