import { defineFact } from "../model/fact.ts";
import { knativeConfig } from "../model/knative/config.ts";
import { demands } from "../model/knative/demands.ts";
import { routes } from "../model/knative/routes.ts";
import { versions } from "../model/versions.ts";
import { servingDialogs } from "./dialogs.ts";
import type { Handshake } from "./handshake.ts";
import { judge } from "./judge.ts";

/** Every handshake of the world at a time; asked again for the same time, the same rows. */
export type HandshakesAt = (now: Date) => readonly Handshake[];

export const handshakes = defineFact<HandshakesAt>({
  name: "handshakes",
  reads: ["KService", "Configuration", "Revision", "DomainMapping", "Deployment", "Secret"],
  from: [knativeConfig, demands, routes, versions],
  derive: (source, ask) => {
    const dialogs = servingDialogs(source, ask);
    const byTime = new Map<number, readonly Handshake[]>();
    return (now) => {
      const known = byTime.get(now.getTime());
      if (known) return known;
      const rows = dialogs.map((dialog) => judge(source, dialog, now));
      byTime.set(now.getTime(), rows);
      return rows;
    };
  },
});
