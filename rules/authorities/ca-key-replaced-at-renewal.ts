import {
  at,
  caSubjects,
  defineRule,
  issuersOf,
  makerOf,
  nameOf,
  rotationPolicyOf,
  severityOfAuthority,
  statusTime,
  text,
} from "../../src/rule/index.ts";

const breaks =
  "cert-manager re-issues no certificate for it and tells no trust bundle beforehand: what the new key signs is refused by everything that knows the old CA only";
const fix =
  "set privateKey.rotationPolicy: Never, and replace the CA on purpose: a new Certificate and issuer beside the old ones, trusted before they are used";

export default defineRule({
  code: "KC401",
  id: "ca-key-replaced-at-renewal",
  summary: "a CA silently gets a new key when its Certificate is renewed",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager pkg/controller/certificates/keymanager/keymanager_controller.go; cert-manager#7723; apache/pulsar-helm-chart#708",
  holdsFor: "cert-manager >= 1.18 where rotationPolicy is not set",
  reads: ["authorities", "defaultRotationPolicy", "Certificate"],
  messages: {
    byDefault: {
      says: "{certificate}, the CA of {issuers}, gets a new key at every renewal: privateKey.rotationPolicy is not set, and since cert-manager 1.18 that means Always",
      breaks,
      fix,
    },
    onNewer: {
      says: "{certificate}, the CA of {issuers}, gets a new key at every renewal on cert-manager 1.18 and later: privateKey.rotationPolicy is not set ({why})",
      breaks,
      fix,
    },
    asWritten: {
      says: "{certificate}, the CA of {issuers}, gets a new key at every renewal: privateKey.rotationPolicy is Always",
      breaks,
      fix,
    },
  },
  subjects: caSubjects,
  *check(subject, view, fault) {
    const certificate = makerOf(subject, view);
    if (!certificate) return;
    const fallback = view.fact("defaultRotationPolicy");
    const policy = rotationPolicyOf(certificate, fallback);
    if (policy.known && policy.value === "Never") return;
    const written = text(certificate.raw, "spec", "privateKey", "rotationPolicy");
    const data = { certificate: nameOf(certificate), issuers: issuersOf(subject.authorities) };
    const from = statusTime(certificate, "renewalTime");
    const extra = {
      severity: severityOfAuthority(subject.authorities, policy.known ? "error" : "warning"),
      ...(from && { from }),
    };
    if (written) {
      const place = at(certificate, ["spec", "privateKey", "rotationPolicy"]);
      if (policy.known) yield fault("asWritten", place, data, extra);
      return;
    }
    const place = at(certificate, ["spec"], "key");
    if (policy.known) yield fault("byDefault", place, data, extra);
    else yield fault("onNewer", place, { ...data, why: policy.why }, extra);
  },
});
