import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/engine/facts.ts";
import { explainer } from "../../../src/model/issuance/explanation.ts";
import { conditionOf } from "../../../src/model/certmanager/issuer.ts";
import { recording, recordingNames } from "../../support/recordings.ts";

describe.each(recordingNames)("%s", (name) => {
  const { inventory, now } = recording(name);
  const explain = factsOf(inventory)(explainer);

  it("says of each certificate what its KCertificate says, and names a cause where it is not issued", () => {
    const certificates = inventory.all("KCertificate");
    expect(certificates.length).toBeGreaterThan(0);
    for (const certificate of certificates) {
      const [found] = explain.explain(certificate, now);
      const isReady = conditionOf(certificate, "Ready")?.status === "True";
      expect(found?.outcome).toBe(isReady ? "issued" : "not issued");
      const holdsUp = ["failed", "missing"].includes(found?.chain.cause?.state ?? "");
      expect(holdsUp).toBe(!isReady);
    }
  });

  it("knows every certificate behind each service", () => {
    for (const service of inventory.all("KService")) {
      const subjects = explain.explain(service, now).map(({ subject }) => subject);
      const real = inventory
        .all("KCertificate")
        .filter(
          ({ namespace, name: own }) =>
            namespace === service.namespace || own === "routing-serving-certs",
        )
        .map(({ kind, namespace, name: own }) => ({ kind, namespace, name: own }));
      expect(subjects).toEqual(expect.arrayContaining(real));
    }
  });
});
