import type { Excerpt, Location } from "../model/location.ts";
import type { Coverage, LocatedFinding, LocatedReport } from "../rule/report.ts";
import type { WorldHandshakes } from "../show/endpoints.ts";
import type { Known } from "../model/known.ts";
import { momentsOf, type Moment } from "../show/moments.ts";
import { coverageOf, summaryOf, type Summary } from "../show/summary.ts";
import { makeListing, type Listing } from "./listing.ts";

/** An object as YAML, and the part of it that a finding is about. */
interface ObjectText {
  readonly location: Location;
  readonly excerpt: Excerpt;
}

/** What there is to show. Plain data, and what is worked out of it on demand; it changes only as a whole. */
export interface Given {
  /** What was read: paths, or the name of a cluster. */
  readonly source: string;
  readonly report: LocatedReport;
  /** Worked out when they are first looked at, the same each time. */
  readonly handshakes: () => Known<readonly WorldHandshakes[]>;
  /** The page of a rule as Markdown. */
  readonly rulePage: (code: string) => string | undefined;
  readonly objectText: (finding: LocatedFinding) => ObjectText | undefined;
}

export interface Contents extends Given {
  readonly listing: Listing;
  readonly summary: Summary;
  readonly coverage: Coverage;
  /** What has a time, worked out when it is first looked at. */
  readonly moments: () => readonly Moment[];
}

export function contentsOf(given: Given): Contents {
  const { report } = given;
  let moments: readonly Moment[] | undefined;
  return {
    ...given,
    listing: makeListing(report),
    summary: summaryOf(report),
    coverage: coverageOf(report),
    moments: () => {
      const handshakes = given.handshakes();
      return (moments ??= momentsOf(report, handshakes.known ? handshakes.value : []));
    },
  };
}
