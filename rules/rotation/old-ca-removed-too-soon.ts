import {
  at,
  bundleFaults,
  bundlesIn,
  caTitle,
  defineRule,
  nameOf,
  rotationSubjects,
  secretsOf,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC603",
  id: "old-ca-removed-too-soon",
  summary: "nobody trusts the old CA any more, and certificates of it are still presented",
  severity: "error",
  since: "0.1.0",
  citation:
    "https://knative.dev/docs/serving/encryption/configure-certmanager-integration/#trust-during-rotation (steps 6 to 9)",
  reads: ["rotation"],
  follows: [...bundleFaults, "KC604", "KC606"],
  messages: {
    gone: {
      says: "{ca} is in no bundle and not in ca.crt of routing-serving-certs, and {count} certificates are still of it: {names}; it may go {when}",
      breaks: "whoever dials these endpoints refuses their certificate",
      fix: "put {ca} back into the bundle until these certificates are re-issued and loaded",
    },
  },
  subjects: rotationSubjects,
  *check({ found }, view, fault) {
    const rotation = view.need(found);
    if (!rotation) return;
    const { estate, late, isBundled, status } = rotation;
    const untrusted = late.filter(
      ({ signer }) =>
        signer && !isBundled(signer) && estate.routingCa?.fingerprint !== signer.fingerprint,
    );
    const [first] = untrusted;
    if (!first?.signer) return;
    const namespace = view.environment.namespaces.serving;
    const data = {
      ca: caTitle(first.signer),
      count: untrusted.length,
      names: secretsOf(untrusted),
      when: status.oldCaMayGoAt ? `at ${status.oldCaMayGoAt}` : "once they are re-issued",
    };
    yield fault("gone", at(first.secret, ["data", "tls.crt"]), data, {
      affects: [bundlesIn(namespace), ...untrusted.map(({ secret }) => nameOf(secret))],
      dependsOn: [bundlesIn(namespace)],
    });
  },
});
