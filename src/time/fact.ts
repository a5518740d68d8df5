import { defineFact, type Fact } from "../model/fact.ts";
import { knativeConfig } from "../model/knative/config.ts";
import { demands } from "../model/knative/demands.ts";
import { issuerUses } from "../model/knative/issuer-use.ts";
import { routes } from "../model/knative/routes.ts";
import { versions } from "../model/versions.ts";
import { handshakes } from "../trust/facts.ts";
import { stores } from "../trust/stores/fact.ts";
import { kindsOfTime } from "./kinds.ts";
import { wholeWorld, type World } from "./world.ts";

const known: readonly Fact<unknown>[] = [
  demands,
  handshakes,
  issuerUses,
  knativeConfig,
  routes,
  stores,
  versions,
];

/** The world as it is, with which everything that may happen begins. */
export const present = defineFact<() => World>({
  name: "present",
  reads: kindsOfTime,
  from: known,
  derive: (source, ask, before) => {
    const last = before && { world: before.value(), changes: before.changes };
    const world = wholeWorld(source, known, ask, last);
    return () => world;
  },
});
