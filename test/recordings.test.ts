import { describe, expect, it } from "vitest";
import { factsOf } from "../src/engine/facts.ts";
import { stringList, text } from "../src/model/json.ts";
import { demands } from "../src/model/knative/demands.ts";
import { isRoot } from "../src/rule/finding.ts";
import { analyzed } from "./support/analyze.ts";
import { recording, recordingNames } from "./support/recordings.ts";

/** The roots among errors and warnings, as the README of the recordings reasons, that the present rules cover. */
const roots: Readonly<Record<string, readonly string[]>> = {
  "02-documentation-page": ["KC401", "KC402", "KC508"],
  "03-default-issuer-missing": ["KC201"],
  "04-acme-for-internal-names": ["KC202", "KC204"],
  "05-ca-secret-in-wrong-namespace": ["KC207"],
  "06a-before-ca-renewal": ["KC401", "KC402", "KC513"],
  "06b-after-ca-renewal": ["KC401", "KC402", "KC513", "KC604"],
  "06c-one-leaf-renewed": ["KC401", "KC402", "KC513", "KC604"],
  "06d-all-leaves-renewed": ["KC401", "KC402", "KC513"],
  "08-switched-before-trust": ["KC503"],
  "09-bundle-only-in-kourier-system": ["KC503", "KC504"],
  "10-unlabelled-bundle": ["KC512"],
  "11-selfsigned-everywhere": ["KC205"],
  "12-half-set-references": ["KC106", "KC106"],
  // The README names what was done to these four; their CA is that of 06a, with the faults of 06a.
  "13a-rekeyed-routing-certificate-first": ["KC401", "KC402", "KC513", "KC604"],
  "13b-then-shop": ["KC401", "KC402", "KC513", "KC604"],
  // There is no bundle either.
  "14a-no-bundle-shop-renewed-first": ["KC401", "KC402", "KC503", "KC604"],
  "14b-then-routing": ["KC401", "KC402", "KC503", "KC604"],
  "15a-no-ca-crt-no-bundle": ["KC501"],
  "15c-no-ca-crt-comment-after-pem": ["KC506"],
  "15d-no-ca-crt-bundle-elsewhere": ["KC504"],
  "15f-no-ca-crt-misspelt-label": ["KC505"],
};

/**
 * Here serving-certs is never issued, so no Revision is deployed and the Routes wait (serving
 * pkg/reconciler/revision/revision.go): what they will ask for is foretold, but not asked yet.
 */
const waiting = new Set([
  "03-default-issuer-missing",
  "04-acme-for-internal-names",
  "05-ca-secret-in-wrong-namespace",
  "12-half-set-references",
]);

describe.each(recordingNames)("%s", (name) => {
  const { inventory, now } = recording(name);

  it("has exactly the roots that were put into it", () => {
    const { findings, crashes } = analyzed([inventory], { now });
    expect(crashes).toEqual([]);
    const found = findings
      .filter((finding) => isRoot(finding) && finding.severity !== "info")
      .map(({ code }) => code);
    expect(found.toSorted()).toEqual(roots[name] ?? []);
  });

  it("has the KCertificates that the demands foretell", () => {
    const foretold = factsOf(inventory)(demands);
    if (!foretold.known) throw new Error(foretold.why);
    expect(foretold.value.unsure).toEqual([]);
    const wanted = foretold.value.list.map(({ namespace, name: secret, dnsNames, domain }) =>
      [namespace, secret, dnsNames, domain].flat().join(" "),
    );
    const real = inventory
      .all("KCertificate")
      .map(({ raw, ...object }) =>
        [
          object.namespace,
          object.name,
          stringList(raw, "spec", "dnsNames"),
          text(raw, "spec", "domain") ?? "",
        ]
          .flat()
          .join(" "),
      );
    if (waiting.has(name)) expect(wanted).toEqual(expect.arrayContaining(real));
    else expect(wanted.toSorted()).toEqual(real.toSorted());
  });

  it("has the Certificates that cert-manager will be asked for", () => {
    const foretold = factsOf(inventory)(demands);
    if (!foretold.known) throw new Error(foretold.why);
    for (const { namespace, name: secret, names, issuerKey } of foretold.value.list) {
      const certificate = inventory.find("Certificate", namespace, secret ?? "");
      if (!certificate || !names.ok) continue;
      expect(text(certificate.raw, "spec", "commonName")).toBe(names.commonName);
      expect(stringList(certificate.raw, "spec", "dnsNames")).toEqual(names.dnsNames);
      expect(issuerKey).toMatch(/ssuerRef$/);
    }
  });
});
