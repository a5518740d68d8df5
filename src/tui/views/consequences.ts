import { plural } from "../../show/summary.ts";
import { haystackOf } from "../query.ts";
import { findingRow } from "./findings.ts";
import { emptyList, spokenLine, type List, type ListContext } from "./view.ts";

/** What follows from one finding. */
export function consequencesList(
  { contents, spot, width }: ListContext,
  fingerprint: string,
): List {
  const root = contents.listing.root(fingerprint);
  if (!root)
    return emptyList("", "The finding is gone: it has been mended, or is no longer found.");
  const words = spot.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = root.consequences.filter((finding) => {
    if (words.length === 0) return true;
    const haystack = haystackOf(finding);
    return words.every((word) => haystack.includes(word));
  });
  const row = (index: number, columns: number) => {
    const finding = shown[index];
    return finding ? findingRow({ finding, consequences: [] }, columns) : { spans: [] };
  };
  return {
    count: shown.length,
    about: `${plural(root.consequences.length, "finding")} from ${root.finding.code}: ${root.finding.message}`,
    empty: "None fits the filter.",
    heading: [],
    row,
    pageAt: (index) => {
      const finding = shown[index];
      return finding && { type: "finding", fingerprint: finding.fingerprint };
    },
    spoken: (index) => spokenLine(row(index, width)),
  };
}
