import {
  at,
  bundleFaults,
  bundlesIn,
  caTitle,
  defineRule,
  nameOf,
  rotationSubjects,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC601",
  id: "trust-incomplete-while-rotating",
  summary: "a rotation runs, and no bundle holds the old and the new CA",
  severity: "error",
  since: "0.1.0",
  citation:
    "https://knative.dev/docs/serving/encryption/configure-certmanager-integration/#trust-during-rotation (step 4); knative/serving pkg/activator/certificate/cache.go",
  reads: ["rotation"],
  follows: [...bundleFaults, "KC603", "KC604", "KC606"],
  messages: {
    lacks: {
      says: "{issuer} replaces the CA of Knative's components, {count} of {all} certificates are still of the old one, and no bundle in namespace {namespace} holds {missing}",
      breaks:
        "trust in it rests on ca.crt of routing-serving-certs alone: the moment that certificate is renewed, one half of the certificates is refused",
      fix: "put {missing} into the bundle beside what it holds, and go on only then (rotation plan)",
    },
  },
  subjects: rotationSubjects,
  *check({ found }, view, fault) {
    const rotation = view.need(found);
    if (!rotation || rotation.late.length === 0) return;
    const { estate, late, isBundled } = rotation;
    if (late.length === estate.leaves.length) return;
    const signers = [estate.live.ca, ...late.flatMap(({ signer }) => signer ?? [])];
    const missing = new Set(signers.filter((ca) => !isBundled(ca)).map(caTitle));
    if (missing.size === 0) return;
    const { issuer } = estate.live;
    const namespace = namespaceIn(view);
    const data = {
      issuer: nameOf(issuer),
      count: late.length,
      all: estate.leaves.length,
      namespace,
      missing: [...missing].join(" and "),
    };
    yield fault("lacks", at(issuer, ["spec", "ca", "secretName"]), data, {
      affects: [bundlesIn(namespace)],
      dependsOn: [bundlesIn(namespace)],
    });
  },
});

function namespaceIn({ environment }: View): string {
  return environment.namespaces.serving;
}
