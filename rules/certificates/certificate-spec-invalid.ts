import { at, certificateSpecProblems, defineRule, nameOf } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC322",
  id: "certificate-spec-invalid",
  summary: "a Certificate's spec has a field or value that cert-manager drops or refuses",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager internal/apis/certmanager/validation/certificate.go ValidateCertificateSpec; pkg/apis/certmanager/v1/types_certificate.go",
  reads: ["Certificate"],
  messages: {
    refused: {
      says: "{certificate}: {problem}",
      breaks:
        "kubectl, the API server or cert-manager's webhook rejects the Certificate; an unknown field that slips past is dropped",
      fix: "correct the field",
    },
  },
  *subjects(view) {
    yield* view.all("Certificate");
  },
  *check(certificate, _view, fault) {
    for (const { steps, message, atKey } of certificateSpecProblems(certificate.raw)) {
      yield fault("refused", at(certificate, steps, atKey ? "key" : "value"), {
        certificate: nameOf(certificate),
        problem: message,
      });
    }
  },
});
