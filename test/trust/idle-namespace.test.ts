import { expect, it } from "vitest";
import { factsOf } from "../../src/engine/facts.ts";
import { handshakes } from "../../src/trust/facts.ts";
import { analyzed } from "../support/analyze.ts";
import { inventory, object } from "../support/objects.ts";
import { leaf, type Issued } from "../support/pki/issue.ts";
import { root, trustNow, trustObjects } from "../support/trust-world.ts";

/** Namespace bank, from which the last Revision has gone. */
function world(served: Issued) {
  const data = { "tls.crt": Buffer.from(served.pem).toString("base64"), "tls.key": "UkVEQUNURUQ=" };
  const names = ["kn-user-bank", "data-plane.knative.dev"];
  const spec = { secretName: "serving-certs", dnsNames: names };
  return inventory(
    trustObjects({
      more: [
        object("KCertificate", "serving-certs", { spec }, "bank"),
        object("Secret", "serving-certs", { data }, "bank"),
      ],
    }),
  );
}

const good = leaf(root, { dns: ["kn-user-bank", "data-plane.knative.dev"] });
const expired = leaf(root, {
  dns: ["kn-user-bank", "data-plane.knative.dev"],
  until: "2026-05-01T00:00:00Z",
});

it("shows what the next Revision will serve with, and that nobody dials it now", () => {
  const rows = factsOf(world(good))(handshakes)(trustNow);
  const mine = rows.filter(({ endpoint }) => endpoint.namespace === "bank");
  expect(mine.map(({ dialer, verdict }) => [dialer.component, verdict])).toEqual([
    ["activator", "holds"],
    ["kourier-gateway", "holds"],
  ]);
  for (const { note } of mine) expect(note).toContain("has no Revision");
});

it("is no fault", () => {
  const report = analyzed([world(expired)], { now: trustNow, select: ["KC501"] });
  expect(report.findings).toEqual([]);
});
