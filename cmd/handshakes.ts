import { kindsReadBy } from "../src/engine/closure.ts";
import { factsOf } from "../src/engine/facts.ts";
import type { Sources } from "../src/load/sources.ts";
import type { Location } from "../src/model/location.ts";
import type { Place } from "../src/model/place.ts";
import type { HandshakesDocument, HandshakesOptions } from "../src/report/handshakes/document.ts";
import { handshakesFormats } from "../src/report/handshakes/formats.ts";
import { shownStore } from "../src/report/handshakes/stores.ts";
import { handshakes } from "../src/trust/facts.ts";
import { stores } from "../src/trust/stores/fact.ts";
import type { Handshake } from "../src/trust/handshake.ts";
import { exitCodes } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { plainWidth, save, wantsColor } from "./output.ts";
import type { HandshakesRequest } from "./request.ts";
import { readState, stateConfig } from "./read-state.ts";

/** Shows every dialer and endpoint with its verdict; exit code 1 when any handshake fails. */
export async function showHandshakes(request: HandshakesRequest, io: Io): Promise<number> {
  const { environment, namespace } = request;
  const config = await stateConfig(request, environment, io);
  const wanted = kindsReadBy([], [handshakes]);
  const state = await readState(request, environment, config, wanted, io);
  const now = environment.now ?? state.takenAt ?? io.now();
  const locate = await locatorFor(state.sources);
  const document: HandshakesDocument = {
    now: now.toISOString().replace(".000Z", "Z"),
    worlds: state.inventories.map((inventory) => {
      const ask = factsOf(inventory);
      const rows = ask(handshakes)(now).filter((one) => concerns(one, namespace));
      const dialers = new Set(rows.map(({ dialer }) => dialer.component));
      return {
        name: inventory.world,
        handshakes: rows,
        stores: ask(stores)
          .filter(({ holder }) => dialers.has(holder.component))
          .map((store) => shownStore(store, locate)),
      };
    }),
  };
  await write(document, request, io);
  state.notice();
  if (state.unreadInput || (state.documents === 0 && !request.allowEmpty))
    return exitCodes.notAnalyzed;
  const fails = document.worlds.some(({ handshakes: rows }) =>
    rows.some(({ verdict }) => verdict === "fails"),
  );
  return fails ? exitCodes.findings : exitCodes.clean;
}

async function locatorFor(sources: Sources): Promise<(place: Place) => Location | null> {
  if (sources.size === 0) return () => null;
  const locate = (await import("../src/load/locate.ts")).locator(sources);
  return (place) => locate(place)?.location ?? null;
}

/** The namespace of the endpoint, or that of the Secret it presents. */
function concerns({ endpoint, presents }: Handshake, namespace: string | undefined): boolean {
  return (
    namespace === undefined || endpoint.namespace === namespace || presents?.namespace === namespace
  );
}

async function write(document: HandshakesDocument, request: HandshakesRequest, io: Io) {
  for (const { format, file } of request.outputs) {
    const { render } = await handshakesFormats[format]();
    const options: HandshakesOptions = {
      width: file === undefined ? (io.columns ?? plainWidth) : plainWidth,
      color: file === undefined && wantsColor(request.color, io),
      all: request.all,
    };
    const text = render(document, options);
    if (file === undefined) io.out(text);
    else save(file, text);
  }
}
