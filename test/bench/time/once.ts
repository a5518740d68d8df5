import { forecast } from "../../../src/time/forecast/forecast.ts";
import { rowsOf } from "../../../src/time/judged.ts";
import { verify } from "../../../src/time/rotation/verify.ts";
import { worldOf } from "../../../src/time/world.ts";
import { manyNamespaces } from "../../support/many-namespaces.ts";
import { nineSteps } from "../../support/nine-steps.ts";
import { recording } from "../../support/recordings.ts";
import { megabytes, timed } from "../own-process.ts";
import type { Measured } from "./measured.ts";

/** A year of a cluster whose CA is re-keyed, and the nine steps on one that is well; certificates of every age. */
const [size = "500"] = process.argv.slice(2);
const day = 86_400_000;
const spread = { namespaces: Number(size), over: 50 * day };
const rekeyed = recording("06a-before-ca-renewal");
const well = recording("07-0-before");
const now = rekeyed.now.getTime();
/** Three copies, so that nothing that was found out about one is known of the next. */
const [first, second, third] = [rekeyed, rekeyed, well].map(({ inventory }) =>
  manyNamespaces(inventory, spread),
);
if (!first || !second || !third) throw new Error("no clusters");
const loaded = megabytes();
const [rows, deciding] = timed(() => rowsOf(worldOf(first), now));
const start = performance.now();
const [{ events }, forecasting] = timed(() => forecast(second, now, now + 365 * day));
const clock = performance.now() - start;
const forecasted = megabytes();
const [{ states, verdict }, verifying] = timed(() =>
  verify(third, well.now.getTime(), nineSteps("0123456789"), { within: 7 * day }),
);
const measured: Measured = {
  handshakes: rows.length,
  deciding,
  forecast: forecasting,
  clock,
  events: events.length,
  verify: verifying,
  states,
  verdict,
  loaded,
  forecasted,
  peak: megabytes(),
};
process.stdout.write(JSON.stringify(measured));
