import { atLeast } from "./versions.ts";

/** Something that is wrong with releases of cert-manager and matters to Knative's certificates. */
interface Defect {
  /** The first release that has it; undefined: all before it was mended. */
  readonly from?: string;
  /** The first good release of each minor line that got the fix, oldest first; later lines have it too. */
  readonly fixedIn: readonly string[];
  readonly what: string;
  readonly source: string;
}

export const defects: readonly Defect[] = [
  {
    fixedIn: ["1.19.6", "1.20.3", "1.21.0"],
    what: "security advisory GHSA-8rvj-mm4h-c258, severity high",
    source: "https://github.com/cert-manager/cert-manager/security/advisories/GHSA-8rvj-mm4h-c258",
  },
  {
    fixedIn: ["1.18.5", "1.19.3", "1.20.0"],
    what: "security advisory GHSA-gx3x-vq4p-mhhv",
    source: "https://github.com/cert-manager/cert-manager/security/advisories/GHSA-gx3x-vq4p-mhhv",
  },
  {
    from: "1.19.0",
    fixedIn: ["1.19.1"],
    what: "defaults in the API make certificates be issued again after the upgrade, without need",
    source: "https://github.com/cert-manager/cert-manager/releases/tag/v1.19.1",
  },
  {
    from: "1.21.0",
    fixedIn: ["1.21.1"],
    what: "an ACME issuer stays not Ready (InvalidSolver) after its DNS-01 Secret was created, and the controller panics on renewal policy Disabled",
    source: "https://github.com/cert-manager/cert-manager/releases/tag/v1.21.1",
  },
];

/** True where a release has the defect: it is older than the fix of its own minor line, or than the oldest fix. */
export function hasDefect(release: string, { from, fixedIn }: Defect): boolean {
  if (from !== undefined && !atLeast(release, from)) return false;
  const fix = fixedIn.find((one) => lineOf(one) === lineOf(release));
  const [oldest, newest] = [fixedIn[0], fixedIn.at(-1)];
  if (fix !== undefined) return !atLeast(release, fix);
  if (newest !== undefined && atLeast(release, newest)) return false;
  return oldest === undefined || !atLeast(release, oldest);
}

/** The oldest later release that has none of the defects, in the same minor line where there is one. */
export function fixFor(release: string, found: readonly Defect[]): string {
  const fixes = found.map(
    ({ fixedIn }) =>
      fixedIn.find((one) => lineOf(one) === lineOf(release)) ??
      fixedIn.find((one) => atLeast(one, release)) ??
      "",
  );
  return fixes.toSorted((a, b) => (atLeast(a, b) ? 1 : -1)).at(-1) ?? "";
}

/** "1.20" of "1.20.3". */
function lineOf(release: string): string {
  return release.split(".").slice(0, 2).join(".");
}
