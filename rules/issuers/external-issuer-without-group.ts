import {
  defineRule,
  groupOfExternalIssuer,
  isIssuerKind,
  isOwnGroup,
  meantIssuerKind,
  placesOf,
  referencesTo,
  severityByUse,
  topicsOf,
} from "../../src/rule/index.ts";

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
    const isSlip = kind === "" || meantIssuerKind(kind) !== undefined;
    if (!isOwnGroup(group) || isIssuerKind(kind) || isSlip) return;
    const known = groupOfExternalIssuer(kind);
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
