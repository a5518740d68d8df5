import {
  at,
  caSubjects,
  defineRule,
  dig,
  durationOf,
  inWords,
  issuersOf,
  longestIssued,
  makerOf,
  nameOf,
  renewBeforeOf,
  severityOfAuthority,
} from "../../src/rule/index.ts";

const hour = 3_600_000;

export default defineRule({
  code: "KC403",
  id: "ca-renewed-too-late",
  summary: "a CA is renewed so late that certificates outlive the old one",
  severity: "warning",
  since: "0.1.0",
  citation:
    "cert-manager pkg/util/pki/renewaltime.go RenewalTime; https://cert-manager.io/docs/configuration/ca/",
  reads: ["authorities", "Certificate"],
  follows: ["KC402"],
  messages: {
    late: {
      says: "{certificate}, the CA of {issuers}, is renewed {before} before its end, but what it signs lives {leaf}",
      breaks:
        "a certificate that it signs shortly before its renewal is refused once the old CA certificate ends, by everything that trusts just that one",
      fix: "set renewBefore to {hours}h or more",
    },
  },
  subjects: caSubjects,
  *check(subject, view, fault) {
    const certificate = makerOf(subject, view);
    if (!certificate) return;
    const before = renewBeforeOf(certificate, durationOf(certificate));
    const leaf = longestIssued(subject.authorities, view);
    if (before >= leaf) return;
    const written = ["renewBefore", "renewBeforePercentage"].find(
      (field) => dig(certificate.raw, "spec", field) !== undefined,
    );
    const data = {
      certificate: nameOf(certificate),
      issuers: issuersOf(subject.authorities),
      before: inWords(before),
      leaf: inWords(leaf),
      hours: Math.ceil(leaf / hour),
    };
    const place = at(
      certificate,
      ["spec", ...(written ? [written] : [])],
      written ? "value" : "key",
    );
    yield fault("late", place, data, {
      severity: severityOfAuthority(subject.authorities, "warning"),
    });
  },
});
