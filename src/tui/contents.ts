import type { Excerpt, Location } from "../model/location.ts";
import type { Coverage, LocatedFinding, LocatedReport } from "../rule/report.ts";
import { endpointsOf, type WorldHandshakes } from "../show/endpoints.ts";
import type { Known } from "../model/known.ts";
import { coverageOf, summaryOf, type Summary } from "../show/summary.ts";
import type { RotationStatus } from "../time/rotation/status.ts";
import { late, type Late } from "./late.ts";
import { makeListing, type Listing } from "./listing.ts";
import { timelineOf, type Timeline, type WorldForecast } from "./timeline.ts";

/** An object as YAML, and the part of it that a finding is about. */
interface ObjectText {
  readonly location: Location;
  readonly excerpt: Excerpt;
}

/** Where the CA of a cluster stands on its way to another one. */
interface WorldRotation {
  readonly name: string;
  readonly status: Known<RotationStatus>;
}

/** What there is to show. Plain data, and what is worked out of it on demand; it changes only as a whole. */
export interface Given {
  /** What was read: paths, or the name of a cluster. */
  readonly source: string;
  readonly report: LocatedReport;
  readonly handshakes: () => Known<readonly WorldHandshakes[]>;
  readonly forecasts: () => readonly WorldForecast[];
  readonly rotations: () => readonly WorldRotation[];
  /** The page of a rule as Markdown. */
  readonly rulePage: (code: string) => string | undefined;
  readonly objectText: (finding: LocatedFinding) => ObjectText | undefined;
}

export interface Contents extends Omit<Given, "handshakes" | "forecasts" | "rotations"> {
  readonly listing: Listing;
  readonly summary: Summary;
  readonly coverage: Coverage;
  readonly handshakes: Late<Known<readonly WorldHandshakes[]>>;
  readonly timeline: Late<Timeline>;
  readonly rotations: Late<readonly WorldRotation[]>;
}

export function contentsOf(given: Given): Contents {
  const { report, forecasts, rotations } = given;
  const handshakes = late(() => {
    const all = given.handshakes();
    // Kept there; so that no key has to wait for it.
    if (all.known) endpointsOf(all.value);
    return all;
  });
  return {
    ...given,
    listing: makeListing(report),
    summary: summaryOf(report),
    coverage: coverageOf(report),
    handshakes,
    timeline: late(() => timelineOf(report, forecasts())),
    // The first step is that all handshakes hold.
    rotations: late(() => {
      handshakes.work();
      return rotations();
    }),
  };
}
