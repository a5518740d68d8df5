import { at, defineRule, issuerSpecProblems, nameOf } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC222",
  id: "issuer-spec-invalid",
  summary: "an issuer cannot work as it is written",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager internal/apis/certmanager/validation/issuer.go ValidateIssuerConfig; pkg/issuer/acme/setup.go",
  reads: ["ClusterIssuer", "Issuer"],
  messages: {
    refused: {
      says: "{issuer} cannot work as it is written: {problem}",
      breaks:
        "the API server or cert-manager's webhook refuses it, or drops the field, or the issuer never gets Ready",
      fix: "correct the field",
    },
  },
  *subjects(view) {
    yield* view.all("ClusterIssuer");
    yield* view.all("Issuer");
  },
  *check(issuer, _view, fault) {
    for (const { steps, message, atKey } of issuerSpecProblems(issuer.raw)) {
      yield fault("refused", at(issuer, steps, atKey ? "key" : "value"), {
        issuer: nameOf(issuer),
        problem: message,
      });
    }
  },
});
