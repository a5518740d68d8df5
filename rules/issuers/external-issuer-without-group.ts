import {
  defineRule,
  isIssuerKind,
  isOwnGroup,
  nearest,
  placesOf,
  referencesTo,
  severityByUse,
  topicsOf,
} from "../../src/rule/index.ts";

/** Kinds of issuers that projects outside cert-manager bring, with their groups. */
const external: Readonly<Record<string, string>> = {
  AWSPCAClusterIssuer: "awspca.cert-manager.io",
  AWSPCAIssuer: "awspca.cert-manager.io",
  ADCSIssuer: "adcs.certmanager.csf.nokia.com",
  ClusterADCSIssuer: "adcs.certmanager.csf.nokia.com",
  ClusterOriginIssuer: "cert-manager.k8s.cloudflare.com",
  GoogleCASClusterIssuer: "cas-issuer.jetstack.io",
  GoogleCASIssuer: "cas-issuer.jetstack.io",
  OriginIssuer: "cert-manager.k8s.cloudflare.com",
  StepClusterIssuer: "certmanager.step.sm",
  StepIssuer: "certmanager.step.sm",
  VenafiClusterIssuer: "jetstack.io",
  VenafiIssuer: "jetstack.io",
};

export default defineRule({
  code: "KC214",
  id: "external-issuer-without-group",
  summary: "a reference names an external issuer without its API group",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager internal/apis/certmanager/validation/certificate.go validateIssuerRef; cert-manager/csi-driver#197",
  reads: ["issuerUses"],
  messages: {
    noGroup: {
      says: "a {kind} is named by {references} {what}",
      breaks:
        'cert-manager takes it for one of its own and refuses every Certificate made with it: "must be one of Issuer or ClusterIssuer (did you forget to set issuerRef.group?)"',
      fix: "set {group}",
    },
  },
  *subjects(view) {
    for (const use of view.need(view.fact("issuerUses"))) {
      const { reference } = use.references[0] ?? {};
      if (reference?.entry) yield { ...reference.entry.holder, use };
    }
  },
  *check({ use }, _view, fault) {
    const { kind, group } = use.target;
    const isSlip = kind === "" || nearest(kind, ["Issuer", "ClusterIssuer"]) !== undefined;
    if (!isOwnGroup(group) || isIssuerKind(kind) || (isSlip && external[kind] === undefined))
      return;
    const known = external[kind];
    const { place, related } = placesOf(use, "kind");
    const data = {
      references: referencesTo(use),
      kind,
      what:
        group === "" ? "without a group" : "with the group cert-manager.io, which has no such kind",
      group: known === undefined ? "the group of its API" : `group: ${known}`,
    };
    yield fault("noGroup", place, data, {
      related,
      severity: severityByUse(use, "error"),
      affects: topicsOf(use),
    });
  },
});
