import { at, defineRule, issuerSpecProblems, nameOf } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC222",
  id: "issuer-spec-invalid",
  summary: "an issuer's spec is one that cert-manager refuses",
  severity: "error",
  since: "0.1.0",
  citation: "cert-manager internal/apis/certmanager/validation/issuer.go ValidateIssuerConfig",
  reads: ["ClusterIssuer", "Issuer"],
  messages: {
    refused: {
      says: "{issuer} is refused: {problem}",
      breaks:
        "cert-manager's webhook or the API server rejects it, so it does not exist or keeps its old spec",
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
