import type { Inventory } from "../../model/inventory.ts";
import { nameOf } from "../../model/object.ts";
import { unknown, type Known } from "../../model/known.ts";
import type { Certificate } from "../../pki/certificate/certificate.ts";
import { whyIssued } from "../cert-manager/triggers.ts";
import { nextRenewal } from "../cert-manager/renewal.ts";
import { timeText } from "../time-text.ts";
import { secretOf, worldOf, type World } from "../world.ts";
import { behind, estateOf, has, namesOf, type Estate, type SignedLeaf } from "./estate.ts";
import { sourceOf } from "./sources.ts";

type Phase = "S0" | "S1" | "S2" | "S3" | "S4" | "S5" | "S6" | "S7" | "S8";

/** What each phase is called, the last of the documentation page's nine steps that is done in it, and one that has begun. */
const phases: Readonly<
  Record<Phase, { readonly title: string; readonly step: number; readonly begun?: number }>
> = {
  S0: { title: "no rotation: one CA signs everything", step: 3 },
  S1: { title: "no rotation: the CA is trusted by a copy of its own", step: 3 },
  S2: { title: "the new CA is there, and nobody uses or trusts it", step: 3 },
  S3: { title: "the old and the new CA are trusted", step: 4 },
  S4: { title: "the issuer is switched, and no certificate is re-issued yet", step: 5 },
  S5: { title: "some certificates are re-issued, some are not", step: 5, begun: 6 },
  S6: { title: "every certificate is of the new CA, some only for a few minutes", step: 7 },
  S7: { title: "every certificate is of the new CA, and everybody has loaded it", step: 8 },
  S8: { title: "the old CA is trusted no longer: the rotation is finished", step: 9 },
};

/** Long enough for every component to load a certificate: the slowest that does so by itself takes three minutes. */
const grace = 10 * 60_000;

export interface CaState {
  readonly subject: string;
  readonly sha256: string;
  readonly notAfter: string;
  /** live: the issuer signs with it now. old: it has signed what is there. new: a spare one, younger than the live one. */
  readonly role: "live" | "old" | "new";
  /** Undefined where no issuer has it any more. */
  readonly issuer: string | undefined;
  readonly leaves: number;
  readonly inBundle: boolean;
  readonly inCaCrt: boolean;
}

export interface RotationStatus {
  readonly phase: Phase;
  readonly title: string;
  /** The last of the nine steps that is done. */
  readonly step: number;
  /** The step that has begun and is not done; null between two steps. */
  readonly begun: number | null;
  readonly cas: readonly CaState[];
  /** The next safe thing to do. */
  readonly next: string;
  /** Why it cannot be done yet, or what is wrong already. */
  readonly blocks: readonly string[];
  /** RFC 3339; null where no CA is on its way out, or nobody knows. */
  readonly oldCaMayGoAt: string | null;
}

export function statusOf(inventory: Inventory, now: number): Known<RotationStatus> {
  const world = worldOf(inventory);
  const estate = estateOf(world);
  if (!estate.known) return estate;
  if (!estate.value)
    return unknown("systemInternalIssuerRef names no CA issuer, so that there is no CA to rotate");
  return { known: true, value: statusIn(world, estate.value, now) };
}

export function statusIn(world: World, estate: Estate, now: number): RotationStatus {
  const phase = phaseOf(world, estate, now);
  const olds = oldCas(estate);
  const { title, step, begun = null } = phases[phase];
  return {
    phase,
    title,
    step,
    begun,
    cas: casOf(estate),
    next: nextOf(phase, estate, olds),
    blocks: blocksOf(world, phase, estate, olds, now),
    oldCaMayGoAt: mayGoAt(world, phase, estate),
  };
}

function phaseOf(world: World, estate: Estate, now: number): Phase {
  const { leaves, live, bundled, spare } = estate;
  const late = behind(estate);
  if (late.length > 0) return late.length === leaves.length ? "S4" : "S5";
  const others = bundled.filter(({ fingerprint }) => fingerprint !== live.ca.fingerprint);
  const younger = spare.filter(({ ca }) => ca.notBefore > live.ca.notBefore);
  if (has(bundled, live.ca) && younger.some(({ ca }) => has(others, ca))) return "S3";
  const older = [...spare.map(({ ca }) => ca), ...others].filter(
    (ca) => ca.notBefore <= live.ca.notBefore,
  );
  if (older.some((ca) => has(others, ca))) return settledSince(leaves) + grace <= now ? "S7" : "S6";
  if (younger.length > 0) return "S2";
  if (older.length > 0) return "S8";
  return has(bundled, live.ca) && !sourceOf(world, live).followsCa ? "S1" : "S0";
}

/** Since when the youngest leaf is there, in milliseconds. */
export function settledSince(leaves: readonly SignedLeaf[]): number {
  return leaves.reduce((last, { leaf }) => Math.max(last, leaf.notBefore.getTime()), 0);
}

/** CAs on their way out: those that have signed leaves and no longer do, and older ones that are still trusted. */
export function oldCas(estate: Estate): readonly Certificate[] {
  const { live, bundled, spare } = estate;
  const found = new Map<string, Certificate>();
  for (const { signer } of behind(estate)) if (signer) found.set(signer.fingerprint, signer);
  const youngerIssuers = spare.filter(({ ca }) => ca.notBefore > live.ca.notBefore);
  for (const ca of bundled) {
    if (ca.fingerprint === live.ca.fingerprint || ca.notBefore > live.ca.notBefore) continue;
    if (!youngerIssuers.some((one) => one.ca.fingerprint === ca.fingerprint))
      found.set(ca.fingerprint, ca);
  }
  return [...found.values()];
}

function casOf(estate: Estate): readonly CaState[] {
  const { live, spare, bundled, routingCa, leaves } = estate;
  const roles = new Map<string, { ca: Certificate; role: CaState["role"] }>();
  roles.set(live.ca.fingerprint, { ca: live.ca, role: "live" });
  for (const ca of oldCas(estate)) roles.set(ca.fingerprint, { ca, role: "old" });
  for (const { ca } of spare) {
    const role = ca.notBefore > live.ca.notBefore ? "new" : "old";
    if (!roles.has(ca.fingerprint)) roles.set(ca.fingerprint, { ca, role });
  }
  return [...roles.values()].map(({ ca, role }): CaState => {
    const issuer = [live, ...spare].find((one) => one.ca.fingerprint === ca.fingerprint)?.issuer;
    return {
      subject: ca.subject.text,
      sha256: ca.fingerprint,
      notAfter: timeText(ca.notAfter.getTime()),
      role,
      issuer: issuer && nameOf(issuer),
      leaves: leaves.filter(({ signer }) => signer?.fingerprint === ca.fingerprint).length,
      inBundle: has(bundled, ca),
      inCaCrt: routingCa?.fingerprint === ca.fingerprint,
    };
  });
}

function nextOf(phase: Phase, estate: Estate, olds: readonly Certificate[]): string {
  const { bundled, live, spare } = estate;
  switch (phase) {
    case "S0":
      return "put a copy of the CA into a bundle, so that trust does not move with its Secret (rotation plan)";
    case "S1":
      return "create the new CA under another Secret and another issuer name (rotation plan)";
    case "S2":
      return `add ${nameOfLast(spare)} to the bundle, beside ${live.ca.subject.text} (step 4)`;
    case "S3":
      return `switch the references to ${nameOfLast(spare)} (step 5)`;
    case "S4":
    case "S5":
      return nextWhileIssuing(
        estate,
        [live.ca, ...olds].filter((ca) => !has(bundled, ca)),
      );
    case "S6":
    case "S7":
      return nextOnceIssued(phase, estate, olds);
    case "S8":
      return "delete the old issuer and its Secret";
  }
}

function nextWhileIssuing(estate: Estate, missing: readonly Certificate[]): string {
  const [only, second] = namesOf(behind(estate));
  const late =
    second === undefined ? (only ?? "") : `the ${String(behind(estate).length)} certificates`;
  return missing.length > 0
    ? `put ${missing.map(caText).join(" and ")} into the bundle first (step 4), then renew ${late} of the old CA`
    : `wait until ${late} of the old CA ${second === undefined ? "is" : "are"} re-issued (step 6), or renew by hand (cmctl renew)`;
}

function nextOnceIssued(
  phase: "S6" | "S7",
  { bundled, live }: Estate,
  olds: readonly Certificate[],
): string {
  const old = olds.map(({ subject }) => subject.text).join(", ");
  if (!has(bundled, live.ca))
    return `put ${live.ca.subject.text} into the bundle, beside ${old} (step 4)`;
  return phase === "S7"
    ? `remove ${old} from the bundle (step 9)`
    : "wait until every component has loaded the new certificates (step 8)";
}

/** A CA that was re-keyed has the name of the one before. */
function caText({ subject, notBefore }: Certificate): string {
  return `${subject.text} of ${timeText(notBefore.getTime())}`;
}

function nameOfLast(spare: Estate["spare"]): string {
  const last = spare.at(-1);
  return last ? nameOf(last.issuer) : "the new issuer";
}

function blocksOf(
  world: World,
  phase: Phase,
  estate: Estate,
  olds: readonly Certificate[],
  now: number,
): readonly string[] {
  const { bundled, live } = estate;
  const blocks: string[] = [];
  if (live.ca.notAfter.getTime() <= now) blocks.push(`${live.ca.subject.text} has expired`);
  if (phase > "S3" && phase < "S8") {
    for (const ca of [live.ca, ...olds].filter((one) => !has(bundled, one)))
      blocks.push(
        `no bundle holds ${caText(ca)}: what it has signed is trusted by ca.crt alone or not at all`,
      );
  }
  const source = sourceOf(world, live);
  if (source.followsCa)
    blocks.push(
      `${source.followsCa} reads the Secret of the CA, so that the old CA leaves it when the new one comes`,
    );
  for (const { certificate } of behind(estate)
    .filter(({ signer }) => !signer)
    .slice(0, 3))
    blocks.push(`nobody here knows who signed the certificate of ${nameOf(certificate)}`);
  return blocks;
}

/** When nothing presents a certificate of an old CA any more, and every component has loaded what came after. */
function mayGoAt(world: World, phase: Phase, estate: Estate): string | null {
  if (phase === "S6" || phase === "S7") return timeText(settledSince(estate.leaves) + grace);
  const late = behind(estate);
  if (late.length === 0) return null;
  const times = late.map(({ certificate, leaf }) => {
    const secret = secretOf(world, certificate);
    if (whyIssued(secret, certificate) !== undefined) return leaf.notBefore.getTime();
    return nextRenewal(world, secret, certificate) ?? Number.POSITIVE_INFINITY;
  });
  const last = Math.max(...times);
  return Number.isFinite(last) ? timeText(last + grace) : null;
}
