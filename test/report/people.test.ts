import { describe, expect, it } from "vitest";
import { render as markdown } from "../../src/report/markdown.ts";
import { render as prometheus } from "../../src/report/prometheus.ts";
import { foundOf, plainOptions, reportOf } from "../support/reports.ts";

const report = reportOf({
  worlds: [
    {
      name: "",
      objects: 3,
      coverage: {
        evaluated: 3,
        notEvaluated: [
          { code: "KC202", subject: undefined, why: "secrets are forbidden", rbac: "get secrets" },
        ],
      },
    },
  ],
  findings: [
    foundOf({ from: "2026-12-06T12:00:00Z", handshakes: ["activator -> queue-proxy"] }),
    foundOf({ severity: "warning", location: null, fingerprint: "b".repeat(32) }),
    foundOf({ causes: ["a".repeat(32)], fingerprint: "c".repeat(32) }),
  ],
});

describe("markdown", () => {
  it("is a table with the details folded below it", () => {
    expect(markdown(report, plainOptions))
      .toBe(`### knative-certs: 1 error, 1 warning, 0 infos, 1 finding that follow from them

| | rule | where | what |
| --- | --- | --- | --- |
| 🔴 error | [KC201](https://example.com/KC201) | \`config.yaml:3:9\` | ClusterIssuer knative-ca does not exist; breaks: nothing is issued (1 more follow) |
| 🟡 warning | [KC201](https://example.com/KC201) | \`ClusterIssuer/knative-ca\` | ClusterIssuer knative-ca does not exist; breaks: nothing is issued |

<details><summary>Details</summary>

**KC201 \`issuer-missing\`** \`ClusterIssuer/knative-ca\`: ClusterIssuer knative-ca does not exist

- fix: create it
- from: 2026-12-06T12:00:00Z, in 12 days
- breaks: \`activator -> queue-proxy\`
- follows: KC201 ClusterIssuer knative-ca does not exist

**KC201 \`issuer-missing\`** \`ClusterIssuer/knative-ca\`: ClusterIssuer knative-ca does not exist

- fix: create it

</details>

<details><summary>3 of 4 checks made (75 %)</summary>

- 1 check not evaluated: secrets are forbidden; needs \`get secrets\`

</details>
`);
  });

  it("stays below what GitHub takes, and says what was left out", () => {
    const many = Array.from({ length: 5000 }, (_, i) =>
      foundOf({ fingerprint: String(i).padStart(32, "0"), remedy: "do it ".repeat(100) }),
    );
    const text = markdown(reportOf({ findings: many }), plainOptions);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/^[\d,]+ more of them than fit here\.$/m);
    expect(text).toMatch(/^[\d,]+ more, whose details do not fit here\.$/m);
    expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
  });
});

describe("prometheus", () => {
  it("counts findings, coverage and times", () => {
    const lines = prometheus(report, plainOptions).split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        "# TYPE knative_certs_findings gauge",
        'knative_certs_findings{cluster="",code="KC201",id="issuer-missing",severity="error",namespace=""} 1',
        'knative_certs_consequences{cluster=""} 1',
        'knative_certs_finding_effective_timestamp_seconds{cluster="",code="KC201"} 1796558400',
        'knative_certs_checks{cluster="",state="not evaluated"} 1',
        'knative_certs_coverage_ratio{cluster=""} 0.75',
        "knative_certs_run_timestamp_seconds 1795521600",
      ]),
    );
  });
});
