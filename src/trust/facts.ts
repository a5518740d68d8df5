import { defineFact } from "../model/fact.ts";
import { knativeConfig } from "../model/knative/config.ts";
import { eventingTls } from "../model/eventing/transport-encryption.ts";
import { demands } from "../model/knative/demands.ts";
import { issuerUses } from "../model/knative/issuer-use.ts";
import { routes } from "../model/knative/routes.ts";
import { versions } from "../model/versions.ts";
import { casesOf } from "./cases.ts";
import type { Handshake } from "./handshake.ts";
import { judge } from "./judge.ts";
import { stores } from "./stores/fact.ts";
import { makeDecide } from "./verdict/decide.ts";

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
  from: [knativeConfig, demands, eventingTls, issuerUses, routes, stores, versions],
  derive: (source, ask) => {
    const cases = casesOf(source, ask);
    const decide = makeDecide();
    const byTime = new Map<number, readonly Handshake[]>();
    return (now) => {
      const known = byTime.get(now.getTime()) ?? cases.map((one) => judge(one, now, decide));
      byTime.set(now.getTime(), known);
      return known;
    };
  },
});
