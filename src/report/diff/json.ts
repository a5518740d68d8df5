import type { HandshakeChange, DiffDocument } from "./document.ts";
import { inertJson } from "../../show/inert-json.ts";
import { coverageJson, findingJson } from "../json.ts";

/** For programs: findings as in a report, handshakes with their verdicts before and after. */
export function render({ after, added, mended, kept, handshakes }: DiffDocument): string {
  const document = {
    version: 1,
    kind: "diff",
    now: after.now,
    clusters: after.worlds.map(({ name, coverage }) => ({
      name,
      coverage: coverageJson(coverage),
    })),
    findings: {
      added: added.map(findingJson),
      mended: mended.map(findingJson),
      unchanged: kept.map(findingJson),
    },
    handshakes: handshakes.filter(({ effect }) => effect !== "same").map(changeJson),
    unchangedHandshakes: handshakes.filter(({ effect }) => effect === "same").length,
  };
  return `${inertJson(document)}\n`;
}

function changeJson({ cluster, before, after, effect }: HandshakeChange) {
  const { dialer, endpoint, presents, serverNames } = (after ?? before) || {};
  return {
    effect,
    cluster,
    dialer: dialer ?? null,
    endpoint: endpoint ?? null,
    presents: presents ?? null,
    serverNames: serverNames ?? [],
    before: before && { verdict: before.verdict, reason: before.reason, until: before.until },
    after: after && { verdict: after.verdict, reason: after.reason, until: after.until },
  };
}
