import { describe, expect, it } from "vitest";
import { codesFor, goVerdicts, limboCases, ourVerdict } from "../../support/x509-limbo.ts";

const cases = limboCases("test/fixtures/x509/limbo-core.json.gz");
const now = new Date("2026-11-25T00:00:00Z");

describe.each(["1.25", "1.26"] as const)("x509-limbo as Go %s decides it", (profile) => {
  const verdicts = goVerdicts("test/fixtures/x509/go-verdicts-core.tsv", profile);
  const answered = cases.filter(({ id }) => verdicts.get(id)?.verdict !== "SKIPPED");

  it("has every case that Go answers", () => {
    expect(cases).toHaveLength(208);
    expect(answered).toHaveLength(184);
  });

  it.each(answered.map((one) => [one.id, one] as const))("%s", (id, one) => {
    const ours = ourVerdict(one, profile, now);
    expect(ours === "ok").toBe(verdicts.get(id)?.verdict === "SUCCESS");
  });
});

it("gives the reason that Go 1.25 gives", () => {
  const verdicts = goVerdicts("test/fixtures/x509/go-verdicts-core.tsv", "1.25");
  const wrong = cases.flatMap((one) => {
    const said = verdicts.get(one.id);
    if (!said || said.verdict === "SKIPPED") return [];
    const ours = ourVerdict(one, "1.25", now);
    return codesFor(said.error).includes(ours) ? [] : [`${one.id}: ${ours}, Go: ${said.error}`];
  });
  expect(wrong).toEqual([]);
});
