import {
  at,
  caSubjects,
  defineRule,
  durationOf,
  inWords,
  issuersOf,
  longestIssued,
  makerOf,
  nameOf,
  severityOfAuthority,
  statusTime,
  text,
} from "../../src/rule/index.ts";

const breaks =
  "its certificates outlive it: from the end of the CA on they are refused, whatever their own dates say, and Ready does not show it";
const fix = "set spec.duration to years, such as 87600h";

export default defineRule({
  code: "KC402",
  id: "ca-too-short-lived",
  summary: "a CA lives no longer than the certificates it signs",
  severity: "warning",
  since: "0.1.0",
  citation:
    "cert-manager pkg/apis/certmanager/v1/types_certificate.go DefaultCertificateDuration; https://cert-manager.io/docs/configuration/ca/; knative/serving pkg/reconciler/certificate/resources/cert_manager_certificate.go",
  reads: ["authorities", "Certificate"],
  messages: {
    byDefault: {
      says: "{certificate}, the CA of {issuers}, lives 90 days, as spec.duration is not set; what it signs lives {leaf}",
      breaks,
      fix,
    },
    asWritten: {
      says: "{certificate}, the CA of {issuers}, lives {life}; what it signs lives {leaf}",
      breaks,
      fix,
    },
  },
  subjects: caSubjects,
  *check(subject, view, fault) {
    const certificate = makerOf(subject, view);
    if (!certificate) return;
    const life = durationOf(certificate);
    const leaf = longestIssued(subject.authorities, view);
    if (life > leaf) return;
    const data = {
      certificate: nameOf(certificate),
      issuers: issuersOf(subject.authorities),
      leaf: inWords(leaf),
    };
    const from = statusTime(certificate, "notAfter");
    const extra = {
      severity: severityOfAuthority(subject.authorities, "warning"),
      ...(from && { from }),
    };
    if (text(certificate.raw, "spec", "duration") === undefined)
      yield fault("byDefault", at(certificate, ["spec"], "key"), data, extra);
    else
      yield fault(
        "asWritten",
        at(certificate, ["spec", "duration"]),
        { ...data, life: inWords(life) },
        extra,
      );
  },
});
