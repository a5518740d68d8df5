import { describe, expect, it } from "vitest";
import { locateReport } from "../../cmd/locate-report.ts";
import { render } from "../../src/report/text.ts";
import { analyzed } from "../support/analyze.ts";
import { inventory, object } from "../support/objects.ts";
import { plainOptions } from "../support/reports.ts";

const controller = {
  spec: {
    template: {
      spec: { containers: [{ args: ["--cluster-resource-namespace=cert-manager"] }] },
    },
  },
  metadata: { labels: { "app.kubernetes.io/name": "cert-manager" } },
};

/** A cluster whose CA issuer finds no Secret in its namespace, while there is one in another. */
const cluster = inventory([
  object("ClusterIssuer", "knative-ca", { spec: { ca: { secretName: "knative-ca" } } }),
  object("Deployment", "cert-manager", controller, "cert-manager"),
  object("Secret", "knative-ca", { data: { "tls.crt": "", "tls.key": "" } }, "knative-serving"),
]);

describe("what belongs to a finding in a cluster", () => {
  it("is named with its object, as no file shows it", async () => {
    const report = await locateReport(analyzed([cluster], { select: ["KC207"] }), new Map());
    const related = report.findings.flatMap(({ relatedLocations }) => relatedLocations);
    expect(related.length).toBeGreaterThan(0);
    for (const { location, object: where } of related) {
      expect(location).toBeNull();
      expect(where).not.toBeNull();
    }
    expect(render(report, { ...plainOptions, width: 200 })).toMatch(
      /note: .*\((?:Secret\/knative-serving\/knative-ca|Deployment\/cert-manager\/cert-manager)\)/,
    );
  });
});
