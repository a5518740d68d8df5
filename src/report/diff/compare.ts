import { isRoot } from "../../rule/finding.ts";
import type { LocatedReport } from "../../rule/report.ts";
import type { Handshake, Verdict } from "../../trust/handshake.ts";
import type { WorldHandshakes } from "../../show/endpoints.ts";
import type { DiffDocument, HandshakeChange } from "./document.ts";

/** Compares two states by fingerprint of finding and by dialer, endpoint and names of handshake. */
export function compareStates(
  before: LocatedReport,
  after: LocatedReport,
  handshakesBefore: readonly WorldHandshakes[],
  handshakesAfter: readonly WorldHandshakes[],
): DiffDocument {
  const had = new Set(before.findings.map(({ fingerprint }) => fingerprint));
  const has = new Set(after.findings.map(({ fingerprint }) => fingerprint));
  return {
    before,
    after,
    added: after.findings.filter(({ fingerprint }) => !had.has(fingerprint)),
    mended: before.findings.filter(({ fingerprint }) => !has.has(fingerprint)),
    kept: after.findings.filter(({ fingerprint }) => had.has(fingerprint)),
    handshakes: handshakeChanges(handshakesBefore, handshakesAfter),
  };
}

/** Faults that the change brings and that nobody has accepted. */
export function newFaults({ added }: DiffDocument) {
  return added.filter((finding) => isRoot(finding) && finding.accepted === undefined);
}

function handshakeChanges(
  before: readonly WorldHandshakes[],
  after: readonly WorldHandshakes[],
): readonly HandshakeChange[] {
  const old = keyed(before);
  const fresh = keyed(after);
  return [...new Set([...old.keys(), ...fresh.keys()])].toSorted().map((key) => {
    const [was, is] = [old.get(key), fresh.get(key)];
    return {
      cluster: (is ?? was)?.cluster ?? "",
      before: was?.handshake ?? null,
      after: is?.handshake ?? null,
      effect: effectOf(was?.handshake.verdict, is?.handshake.verdict),
    };
  });
}

function effectOf(
  before: Verdict | undefined,
  after: Verdict | undefined,
): HandshakeChange["effect"] {
  if (before === after) return "same";
  if (after === undefined) return "goes";
  if (after === "fails") return "breaks";
  if (before === "fails") return "mends";
  if (before === undefined) return "appears";
  return after === "unknown" ? "unsettles" : "settles";
}

interface Placed {
  readonly cluster: string;
  readonly handshake: Handshake;
}

function keyed(worlds: readonly WorldHandshakes[]): ReadonlyMap<string, Placed> {
  const found = new Map<string, Placed>();
  for (const { name, handshakes } of worlds)
    for (const handshake of handshakes) {
      const { dialer, endpoint, presents, serverNames } = handshake;
      const parts = [name, dialer, endpoint, presents, serverNames];
      found.set(JSON.stringify(parts), { cluster: name, handshake });
    }
  return found;
}
