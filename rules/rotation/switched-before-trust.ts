import {
  at,
  bundleFaults,
  bundlesIn,
  caTitle,
  defineRule,
  nameOf,
  rotationSubjects,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC602",
  id: "switched-before-trust",
  summary:
    "the references name a new CA that no bundle holds, and certificates are about to follow",
  severity: "error",
  since: "0.1.0",
  citation:
    "https://knative.dev/docs/serving/encryption/configure-certmanager-integration/#trust-during-rotation (step 5); knative/serving pkg/reconciler/certificate/certificate.go",
  reads: ["rotation"],
  follows: [...bundleFaults, "KC604", "KC606"],
  messages: {
    early: {
      says: "systemInternalIssuerRef names {issuer}, whose CA, {ca}, no bundle in namespace {namespace} holds, while every certificate is of another CA",
      breaks:
        "cert-manager re-issues every certificate at once and in no order: those that come before routing-serving-certs are refused",
      fix: "name the old issuer again, put {ca} into the bundle beside the old CA, and switch then",
    },
  },
  subjects: rotationSubjects,
  *check({ found }, view, fault) {
    const rotation = view.need(found);
    if (!rotation || rotation.late.length === 0) return;
    const { estate, late, isBundled } = rotation;
    const { issuer, ca } = estate.live;
    const switched = late.some(({ issuer: by }) => by !== undefined && by !== issuer.name);
    if (late.length < estate.leaves.length || !switched || isBundled(ca)) return;
    const namespace = view.environment.namespaces.serving;
    const data = { issuer: nameOf(issuer), ca: caTitle(ca), namespace };
    yield fault("early", at(issuer, ["spec", "ca", "secretName"]), data, {
      affects: [bundlesIn(namespace)],
      dependsOn: [bundlesIn(namespace)],
    });
  },
});
