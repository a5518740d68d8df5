import { defineFact, type Fact } from "../model/fact.ts";
import { knativeConfig } from "../model/knative/config.ts";
import { eventingTls } from "../model/eventing/transport-encryption.ts";
import { demands } from "../model/knative/demands.ts";
import { issuerUses } from "../model/knative/issuer-use.ts";
import { routes } from "../model/knative/routes.ts";
import { versions } from "../model/versions.ts";
import { keepAlike } from "../model/keep-alike.ts";
import { casesOf } from "./cases.ts";
import type { Handshake } from "./handshake.ts";
import { judge, type Case } from "./judge.ts";
import { stores } from "./stores/fact.ts";
import { standingCases, type Made } from "./standing-cases.ts";
import { makeDecide, type Decide } from "./verdict/decide.ts";

const inputsOfCases: readonly Fact<unknown>[] = [
  knativeConfig,
  demands,
  eventingTls,
  issuerUses,
  routes,
  stores,
  versions,
];

/** Every handshake of the world at a time; asked again for the same time, the same rows. */
export type HandshakesAt = (now: Date) => readonly Handshake[];

export const handshakes = defineFact<HandshakesAt>({
  name: "handshakes",
  reads: [
    "Certificate",
    "ClusterIssuer",
    "Configuration",
    "Deployment",
    "DomainMapping",
    "Issuer",
    "KCertificate",
    "KService",
    "Revision",
    "Secret",
  ],
  from: inputsOfCases,
  derive: (source, ask, before) => {
    const last = before && behind.get(before.value);
    const standing = last && standingCases(last, before, source, ask);
    const made = casesOf(source, ask, standing && { standing });
    const cases = last ? keepAlike(last.cases, made) : made;
    const inputs = new Map(inputsOfCases.map((fact) => [fact, ask(fact)]));
    const decide = last?.decide ?? makeDecide();
    const judged = last?.judged ?? new WeakMap<Case, Judged>();
    const rowOf = (one: Case, now: Date): Handshake => {
      const known = judged.get(one);
      if (known && stillSays(one, known, now)) return known.row;
      const row = judge(one, now, decide);
      judged.set(one, { row, at: now });
      return row;
    };
    const byTime = new Map<number, readonly Handshake[]>();
    const at: HandshakesAt = (now) => {
      const rows = byTime.get(now.getTime()) ?? cases.map((one) => rowOf(one, now));
      byTime.set(now.getTime(), rows);
      return rows;
    };
    behind.set(at, { cases, inputs, decide, judged });
    return at;
  },
});

/** What the next derivation can build on. */
interface Behind extends Made {
  readonly decide: Decide;
  readonly judged: WeakMap<Case, Judged>;
}

const behind = new WeakMap<HandshakesAt, Behind>();

interface Judged {
  readonly row: Handshake;
  readonly at: Date;
}

/** What holds until some time says the same before that, and so does what only the certificate itself decides. */
function stillSays({ store }: Case, { row: { verdict, until }, at }: Judged, now: Date): boolean {
  if (at.getTime() === now.getTime()) return true;
  const restsOnTime = verdict === "holds" || (verdict === "unknown" && store === undefined);
  return restsOnTime && until !== null && at <= now && now <= new Date(until);
}
