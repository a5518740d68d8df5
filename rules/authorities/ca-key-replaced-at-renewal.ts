import {
  at,
  caSubjects,
  defineRule,
  isOwnGroup,
  issuerNameOf,
  issuerOf,
  issuersOf,
  issuerType,
  makerOf,
  nameOf,
  rotationPolicyOf,
  secretNameOf,
  severityOfAuthority,
  statusTime,
  text,
  type KubeObject,
  type View,
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
  reads: ["authorities", "defaultRotationPolicy", "Certificate", "ClusterIssuer", "Issuer"],
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
    intermediate: {
      says: "{certificate}, the CA of {issuers}, gets a new key at every renewal; {signer} signs it",
      breaks:
        "what trusts the CA above it goes on working, for each certificate brings the CA that signed it along; what trusts this CA itself refuses what the new key signs",
      fix: "let trust bundles hold the CA of {signer}, or set privateKey.rotationPolicy: Never",
    },
  },
  subjects: caSubjects,
  *check(subject, view, fault) {
    const certificate = makerOf(subject, view);
    if (!certificate) return;
    const fallback = view.fact("defaultRotationPolicy");
    const policy = rotationPolicyOf(certificate, fallback);
    if (policy.known && policy.value === "Never") return;
    const above = signerOf(certificate, view);
    if (above) {
      const data = {
        certificate: nameOf(certificate),
        issuers: issuersOf(subject.authorities),
        signer: above.name,
      };
      const severity = severityOfAuthority(
        subject.authorities,
        above.tellsRoot ? "info" : "warning",
      );
      yield fault("intermediate", placeOfPolicy(certificate), data, { severity });
      return;
    }
    const written = text(certificate.raw, "spec", "privateKey", "rotationPolicy");
    const data = { certificate: nameOf(certificate), issuers: issuersOf(subject.authorities) };
    const from = statusTime(certificate, "renewalTime");
    const extra = {
      severity: severityOfAuthority(subject.authorities, policy.known ? "error" : "warning"),
      ...(from && { from }),
    };
    const place = placeOfPolicy(certificate);
    if (written) {
      if (policy.known) yield fault("asWritten", place, data, extra);
      return;
    }
    if (policy.known) yield fault("byDefault", place, data, extra);
    else yield fault("onNewer", place, { ...data, why: policy.why }, extra);
  },
});

function placeOfPolicy(certificate: KubeObject) {
  const written = text(certificate.raw, "spec", "privateKey", "rotationPolicy") !== undefined;
  return written
    ? at(certificate, ["spec", "privateKey", "rotationPolicy"])
    : at(certificate, ["spec"], "key");
}

/**
 * Another CA that signs this one, so that trust can rest on that. cert-manager's own issuers then put the top of the
 * chain into ca.crt; others do so as they like (cert-manager pkg/util/pki/parse_certificate_chain.go).
 */
function signerOf(
  certificate: KubeObject,
  view: View<"ClusterIssuer" | "Issuer">,
): { readonly name: string; readonly tellsRoot: boolean } | undefined {
  const { kind, group, name } = issuerOf(certificate);
  if (!isOwnGroup(group)) return { name: `${kind} ${name}`, tellsRoot: false };
  const signer = [...view.all("ClusterIssuer"), ...view.all("Issuer")].find(
    (issuer) => nameOf(issuer) === issuerNameOf(certificate),
  );
  const type = signer && issuerType(signer);
  const own = text(signer?.raw ?? {}, "spec", "ca", "secretName") === secretNameOf(certificate);
  if (!signer || type === undefined || type === "selfSigned" || own) return undefined;
  return { name: nameOf(signer), tellsRoot: true };
}
