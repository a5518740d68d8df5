import type { Sources } from "../src/load/sources.ts";
import type { LocatedReport, Report } from "../src/rule/report.ts";

/** Turns the places of a report into lines; the parser that can do so is loaded only when there is one. */
export async function locateReport(report: Report, sources: Sources): Promise<LocatedReport> {
  const places = report.findings.some(({ place }) => place && place.provenance.type !== "cluster");
  const locate = places
    ? (await import("../src/load/locate.ts")).locator(sources)
    : () => undefined;
  return {
    ...report,
    findings: report.findings.map((finding) => {
      const found = finding.place && locate(finding.place);
      return {
        ...finding,
        location: found?.location ?? null,
        excerpt: found?.excerpt,
        relatedLocations: finding.related.map(({ place, note }) => ({
          location: locate(place)?.location ?? null,
          object: place.object ?? null,
          note,
        })),
      };
    }),
  };
}
