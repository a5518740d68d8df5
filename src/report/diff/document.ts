import type { LocatedFinding, LocatedReport } from "../../rule/report.ts";
import type { Handshake } from "../../trust/handshake.ts";

/** What a change does to findings and handshakes. */
export interface DiffDocument {
  readonly before: LocatedReport;
  readonly after: LocatedReport;
  /** Findings that only the state after the change has. */
  readonly added: readonly LocatedFinding[];
  readonly mended: readonly LocatedFinding[];
  readonly kept: readonly LocatedFinding[];
  readonly handshakes: readonly HandshakeChange[];
}

/** A handshake before and after; null where there is none. */
export interface HandshakeChange {
  readonly cluster: string;
  readonly before: Handshake | null;
  readonly after: Handshake | null;
  readonly effect: "breaks" | "mends" | "unsettles" | "settles" | "appears" | "goes" | "same";
}
