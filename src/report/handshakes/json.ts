import { inertJson } from "../../show/inert-json.ts";
import { labelOf, type Handshake, type Link } from "../../trust/handshake.ts";
import type { HandshakesDocument } from "./document.ts";

/** The document of docs/schema/handshakes.v1.schema.json. */
export function render({ now, worlds }: HandshakesDocument): string {
  const document = {
    version: 1,
    kind: "handshakes",
    now,
    clusters: worlds.map(({ name, handshakes, stores }) => ({
      name,
      coverage: coverageOf(handshakes),
      stores,
    })),
    handshakes: worlds.flatMap(({ name, handshakes }) =>
      handshakes.map((handshake) => rowOf(handshake, name)),
    ),
  };
  return `${inertJson(document)}\n`;
}

/** The verdict counts as the check of a rule without a code: what is unknown is not evaluated. */
function coverageOf(handshakes: readonly Handshake[]) {
  const open = handshakes.filter(({ verdict }) => verdict === "unknown");
  const evaluated = handshakes.length - open.length;
  return {
    evaluated,
    notEvaluated: open.map((handshake) => ({
      code: "handshakes",
      subject: handshake.presents,
      why: `${labelOf(handshake)}: ${handshake.reason?.text ?? ""}`,
    })),
    ratio: handshakes.length === 0 ? 1 : evaluated / handshakes.length,
  };
}

/** A handshake as every document shows it. */
export function rowOf(handshake: Handshake, cluster: string) {
  const { dialer, endpoint, presents, serverNames, verdict, reason, until, tried, note } =
    handshake;
  return {
    cluster,
    dialer,
    endpoint,
    presents,
    serverNames,
    verdict,
    reason: reason && { code: reason.code, text: reason.text },
    until,
    chain: handshake.chain.map(linkOf),
    tried,
    note,
  };
}

function linkOf({ from, ...certificate }: Link) {
  return { ...certificate, from: { ...from.object, key: from.key } };
}
