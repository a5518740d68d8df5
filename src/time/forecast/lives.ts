import type { KubeObject } from "../../model/object.ts";
import { nextRenewal, renewalSpecOf, renewalTime } from "../cert-manager/renewal.ts";
import { signerOf } from "../cert-manager/signer.ts";
import { whyIssued } from "../cert-manager/triggers.ts";
import { presented } from "../certificates.ts";
import { queueProxyLag } from "../holders.ts";
import type { Leaf } from "../slices.ts";
import { together, type Course, type Node } from "./course.ts";

/** One certificate after the other in the life of a leaf, with the time in which somebody may present it. */
export interface Generation {
  /** Fingerprint of the CA certificate that signed it; "first" for the certificate that there is. */
  readonly signer: string;
  /** How many certificates of this leaf come before it. */
  readonly nth: number;
  /** When it is issued; for the first, when the simulation begins. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** The last instant at which it is valid by itself. */
  readonly notAfter: number;
}

export const first = "first";

/** Which CA certificate an issuer signs with, and when it may be that one. */
export interface Reign {
  readonly signer: string;
  readonly from: number;
  readonly to: number;
}

/** Who may sign for a leaf at which time, over all orders. */
export function reignsOver(course: Course, certificate: KubeObject): readonly Reign[] {
  const byWorld = new Map<Node["state"]["world"], string | undefined>();
  const reigns = new Map<string, { signer: string; from: number; to: number }>();
  for (const node of course.nodes) {
    const { world } = node.state;
    if (!byWorld.has(world)) byWorld.set(world, signerIn(node, certificate));
    const signer = byWorld.get(world);
    if (signer === undefined) continue;
    const reign = reigns.get(signer);
    if (!reign) reigns.set(signer, { signer, from: node.from, to: node.to });
    else {
      reign.from = Math.min(reign.from, node.from);
      reign.to = Math.max(reign.to, node.to);
    }
  }
  return [...reigns.values()];
}

function signerIn({ state }: Node, certificate: KubeObject): string | undefined {
  const signer = signerOf(state.world, certificate);
  if (signer.type === "ca") return signer.chain[0]?.fingerprint;
  return signer.type === "none" ? undefined : signer.type;
}

/** Every certificate that a leaf will have until `end`. Where nobody can sign, the last one stays until it expires. */
export function generationsOf(
  course: Course,
  { certificate, secret }: Leaf,
  reigns: readonly Reign[],
  now: number,
): readonly Generation[] {
  const generations: Generation[] = [];
  let issue: Issue | undefined = {
    at: now,
    signers: [first],
    notAfter: presented(secret, "tls.crt")[0]?.notAfter.getTime() ?? now,
    due: certificate && firstDue(course, secret, certificate, now),
  };
  for (let nth = 0; issue; nth++) {
    const { at, signers, notAfter } = issue;
    const next: Issue | undefined = certificate && nextIssue(course, certificate, reigns, issue);
    const to = next ? next.at + together + queueProxyLag : course.end;
    for (const signer of signers) generations.push({ signer, nth, at, from: at, to, notAfter });
    issue = next;
  }
  return generations;
}

/** One issuance of a leaf: who may have signed it, and when the next one is due. */
interface Issue {
  readonly at: number;
  readonly signers: readonly string[];
  readonly notAfter: number;
  readonly due: number | undefined;
}

function nextIssue(
  course: Course,
  certificate: KubeObject,
  reigns: readonly Reign[],
  { at: before, due }: Issue,
): Issue | undefined {
  if (due === undefined) return undefined;
  const at = Math.max(due, before);
  const signers = inReign(reigns, at);
  if (signers.length === 0 || at > course.end) return undefined;
  const spec = renewalSpecOf(certificate);
  const validity = { notBefore: at, notAfter: at + spec.duration };
  const renewal = renewalTime(validity, spec);
  // A certificate that is due for renewal as soon as it is issued would be renewed without end.
  const next = renewal === undefined ? undefined : Math.max(renewal, at + together);
  return { at, signers, notAfter: validity.notAfter, due: next };
}

function inReign(reigns: readonly Reign[], at: number): readonly string[] {
  return reigns
    .filter(({ from, to }) => from <= at + together && to >= at)
    .map(({ signer }) => signer);
}

function firstDue(
  { world }: Course,
  secret: KubeObject,
  certificate: KubeObject,
  now: number,
): number | undefined {
  return whyIssued(secret, certificate) === undefined
    ? nextRenewal(world, secret, certificate)
    : now;
}
