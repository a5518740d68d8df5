import { at, caTitle, defineRule, rotationSubjects, timeText } from "../../src/rule/index.ts";

/** The slowest component that loads by itself, queue-proxy, takes three minutes; three times that is on the safe side. */
const grace = 10 * 60_000;

export default defineRule({
  code: "KC608",
  id: "removed-before-loaded",
  summary: "the old CA was removed before every component can have loaded its new certificate",
  severity: "info",
  since: "0.1.0",
  citation:
    "knative/serving pkg/queue/certificate/watcher.go (one minute, after the kubelet's own); knative.dev, Trust during rotation, step 8",
  reads: ["rotation"],
  messages: {
    soon: {
      says: "{old} is trusted no longer, and the youngest certificate of the new CA is of {since}: until {when} a queue-proxy may still present one of the old CA",
      breaks:
        "requests to such a pod are answered with an error until it has loaded its new certificate",
      fix: "put {old} back until {when}; or restart the pods of these namespaces",
    },
  },
  subjects: rotationSubjects,
  *check({ found }, view, fault) {
    const rotation = view.need(found);
    if (!rotation || rotation.late.length > 0) return;
    const { estate, settledSince, isBundled } = rotation;
    const [old] = estate.spare
      .filter(({ ca }) => ca.notBefore <= estate.live.ca.notBefore && !isBundled(ca))
      .toReversed();
    const end = settledSince + grace;
    if (!old || settledSince === 0 || view.now.getTime() >= end) return;
    const data = { old: caTitle(old.ca), since: timeText(settledSince), when: timeText(end) };
    // Objects do not show what a pod has loaded, so that nothing worse can be said.
    yield fault("soon", at(old.issuer, ["spec", "ca", "secretName"]), data);
  },
});
