import { kindsReadBy } from "../src/engine/closure.ts";
import { factsOf } from "../src/engine/facts.ts";
import type { GraphDocument } from "../src/report/graph/document.ts";
import { graphFormats } from "../src/report/graph/formats.ts";
import { graph } from "../src/trust/graph/fact.ts";
import { around, folded } from "../src/trust/graph/fold.ts";
import type { Graph } from "../src/trust/graph/graph.ts";
import { exitCodes } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { save } from "./output.ts";
import type { GraphRequest } from "./request.ts";
import { readState, stateConfig } from "./read-state.ts";

/** Draws who signs, serves, trusts and mounts what. */
export async function drawGraph(request: GraphRequest, io: Io): Promise<number> {
  const { environment } = request;
  const config = await stateConfig(request, environment, io);
  const state = await readState(request, environment, config, kindsReadBy([], [graph]), io);
  const now = environment.now ?? state.takenAt ?? io.now();
  const whole = state.inventories.map((inventory) => ({
    name: inventory.world,
    graph: narrow(factsOf(inventory)(graph)(now), request.namespace),
  }));
  for (const { format, file } of request.outputs) {
    const { render } = await graphFormats[format]();
    const document: GraphDocument = {
      now: now.toISOString().replace(".000Z", "Z"),
      worlds:
        format === "json" || request.all
          ? whole
          : whole.map((one) => ({ ...one, graph: folded(one.graph) })),
    };
    const text = render(document);
    if (file === undefined) io.out(text);
    else save(file, text);
  }
  state.notice();
  const nothing = state.documents === 0 && !request.allowEmpty;
  return state.unreadInput || nothing ? exitCodes.notAnalyzed : exitCodes.clean;
}

function narrow(whole: Graph, namespace: string | undefined): Graph {
  return namespace === undefined ? whole : around(namespace, whole);
}
