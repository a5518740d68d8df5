import { address, ca, leaf, type Issued, type Wanted } from "../support/pki/issue.ts";
import { otherKey } from "../support/pki/key.ts";
import type { Random } from "../support/random.ts";

/** A server with its certificate, and what a dialer trusts. */
export interface State {
  readonly leaf: Issued;
  readonly served: readonly Issued[];
  readonly trusted: readonly [Issued, ...Issued[]];
}

const day = 86_400_000;

/** A state of some rotation, mostly as it should be, so that what is wrong decides. */
export function makeState(random: Random, now: Date): State {
  const authorities = [
    authority(random, now),
    authority(random, now),
    authority(random, now),
  ] as const;
  const signer = random.pick(authorities);
  const between = random.chance(0.3) ? ca(intermediate(random, now), signer) : undefined;
  const issued = leaf(between ?? signer, leafFields(random, now));
  const alike = authorities.filter(() => random.chance(0.5));
  const pinned = random.chance(0.04) ? [issued] : [];
  const anchors = [...alike, ...pinned, ...(between && random.chance(0.2) ? [between] : [])];
  const [first, ...more] = shuffled(random, anchors);
  return {
    leaf: issued,
    served: shuffled(random, [
      ...(between && random.chance(0.85) ? [between] : []),
      ...(random.chance(0.2) ? [random.pick(authorities)] : []),
      ...(random.chance(0.15)
        ? [ca({ key: "A", from: ago(now, 1), until: ago(now, -90) }, random.pick(authorities))]
        : []),
    ]),
    trusted: [first ?? signer, ...more],
  };
}

function ago(now: Date, days: number): string {
  return new Date(now.getTime() - days * day).toISOString().replace(/\.\d+/, "");
}

function period(random: Random, now: Date): { readonly from: string; readonly until: string } {
  if (random.chance(0.08)) return { from: ago(now, 90), until: ago(now, 2) };
  if (random.chance(0.04)) return { from: ago(now, -2), until: ago(now, -90) };
  return { from: ago(now, 10 + random.int(0, 20)), until: ago(now, -30 - random.int(0, 300)) };
}

/** One of few subjects and keys, so that they meet. */
function authority(random: Random, now: Date): Issued {
  const name = random.pick(["A", "A", "B", "C"]);
  const subject = random.pick([
    "knative.dev",
    "knative.dev",
    "knative.dev",
    "KNATIVE.dev",
    "other",
  ]);
  const key = random.chance(0.2) ? otherKey(random.pick(kinds), name) : name;
  return ca({ subject, key, ...period(random, now), ...oddAuthority(random, name) });
}

/** All that a CA may sign with; of these TLS 1.3 knows no P-224, and Envoy offers neither P-521 nor Ed25519. */
const kinds: readonly [Kind, ...Kind[]] = ["ed25519", "P-224", "P-384", "P-521", 1024, 2048];
type Kind = Parameters<typeof otherKey>[0];

function oddAuthority(random: Random, key: string): Wanted {
  const odd: readonly Wanted[] = [
    { subjectKeyId: null },
    { subjectKeyId: null },
    { subjectKeyId: Buffer.from(`other identifier of ${key}`).toString("hex").slice(0, 40) },
    { basicConstraints: { isCA: true, pathLength: 0 } },
    { basicConstraints: { isCA: false } },
    { keyUsage: ["digitalSignature"] },
    { extKeyUsage: ["serverAuth"] },
    { extKeyUsage: ["clientAuth"] },
    { version: 1 },
    { nameConstraints: { permitted: { dns: ["knative.dev", "kn-user-shop"] } } },
    { nameConstraints: { excluded: { dns: ["cluster.local"] } } },
    {
      nameConstraints: {
        excluded: { ip: [{ ip: address("10.0.0.0"), mask: address("255.0.0.0") }] },
      },
    },
    { more: [{ oid: "1.2.3.4", critical: true, value: Uint8Array.of(5, 0) }] },
    { badSignature: true },
  ];
  return random.chance(0.45) ? (odd[random.int(0, odd.length - 1)] ?? {}) : {};
}

function intermediate(random: Random, now: Date): Wanted {
  return {
    subject: random.pick(["between", "between", "knative.dev"]),
    key: random.pick(["I", "J"]),
    ...period(random, now),
    ...oddAuthority(random, "I"),
  };
}

function leafFields(random: Random, now: Date): Wanted {
  const names = ["kn-user-shop", "data-plane.knative.dev"];
  const odd: readonly Wanted[] = [
    { dns: ["kn-user-shop"] },
    { dns: ["data-plane.knative.dev"] },
    { dns: [...names, "shop.svc.cluster.local"] },
    { dns: ["KN-USER-shop", "*.knative.dev"] },
    { dns: [], subject: "data-plane.knative.dev" },
    { ip: ["10.1.2.3"] },
    { keyUsage: ["keyEncipherment"] },
    { keyUsage: ["digitalSignature"] },
    { extKeyUsage: ["clientAuth"] },
    { extKeyUsage: ["any"] },
    { extKeyUsage: ["clientAuth", "serverAuth"] },
    { authorityKeyId: null },
    { authorityKeyId: "11".repeat(20) },
    { basicConstraints: { isCA: false, pathLength: 0 } },
    { hash: "sha1" },
    { hash: "sha384" },
    { hash: "sha512" },
    ...kinds.map((kind) => ({ key: otherKey(kind, "leaf") })),
    { badSignature: true },
    { more: [{ oid: "1.2.3.4", critical: true, value: Uint8Array.of(5, 0) }] },
  ];
  return {
    dns: names,
    key: `leaf ${String(random.int(0, 2))}`,
    ...period(random, now),
    ...(random.chance(0.35) ? (odd[random.int(0, odd.length - 1)] ?? {}) : {}),
  };
}

function shuffled<T>(random: Random, items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, order: random.int(0, 1_000_000) }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
