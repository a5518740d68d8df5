import {
  at,
  componentTopic,
  conditionOf,
  defineRule,
  examples,
  generationOf,
  nameOf,
  observed,
  type KubeObject,
  type View,
} from "../../src/rule/index.ts";

/** What a reason asks for (trust-manager pkg/bundle/bundle.go). */
const advice: Readonly<Record<string, string>> = {
  SourceNotFound:
    "create the source in the namespace from which trust-manager reads; it does not try again before the source or the Bundle changes",
  SourceBuildError: "mend the source: nothing but CERTIFICATE blocks, every one of which parses",
  SecretTargetsDisabled: "start trust-manager with --secret-targets-enabled, or use a ConfigMap",
  SyncConfigMapTargetFailed:
    "see the message: often a ConfigMap of that name belongs to somebody else, or trust-manager may not write there",
  SyncSecretTargetFailed: "see the message: trust-manager must be allowed to write Secrets there",
};

export default defineRule({
  code: "KC515",
  id: "bundle-not-synced",
  summary: "a trust-manager Bundle is not synced, so its targets keep what they held before",
  severity: "error",
  since: "0.1.0",
  citation: "trust-manager pkg/bundle/bundle.go, pkg/bundle/internal/source",
  reads: ["Bundle", "ConfigMap"],
  follows: ["KC103", "KC514"],
  messages: {
    notSynced: {
      says: "{bundle} is not synced: {reason}: {message}",
      breaks: "{kept}",
      fix: "{advice}",
    },
    neverReconciled: {
      says: "{bundle} has no Synced condition: trust-manager has not looked at it",
      breaks: "{kept}",
      fix: "see that trust-manager runs and its webhook works",
    },
    stale: {
      says: "the Synced condition of {bundle} speaks of generation {seen}, but the object is at generation {generation}",
      breaks: "{kept}",
      fix: "see that trust-manager runs",
    },
  },
  *subjects(view) {
    yield* view.all("Bundle");
  },
  *check(bundle, view, fault) {
    const name = nameOf(bundle);
    if (!observed(bundle)) view.notEvaluated(`${name} is written, not observed: it has no status`);
    const synced = conditionOf(bundle, "Synced");
    const kept = keptBy(bundle, view);
    if (!synced) {
      const dependsOn = [componentTopic("trust-manager")];
      yield fault(
        "neverReconciled",
        at(bundle, ["metadata", "name"]),
        { bundle: name, kept },
        { dependsOn },
      );
      return;
    }
    const place = at(bundle, ["status", "conditions", synced.index]);
    const generation = generationOf(bundle);
    if (synced.status !== "True") {
      const { reason, message } = synced;
      const fix = Object.hasOwn(advice, reason) ? advice[reason] : undefined;
      const data = { bundle: name, reason, message, kept, advice: fix ?? "see the message" };
      yield fault("notSynced", place, data);
    } else if (
      synced.observedGeneration !== undefined &&
      generation !== undefined &&
      synced.observedGeneration < generation
    ) {
      const data = { bundle: name, seen: synced.observedGeneration, generation, kept };
      const dependsOn = [componentTopic("trust-manager")];
      yield fault("stale", place, data, { severity: "warning", dependsOn });
    }
  },
});

/** The targets that exist; on any error trust-manager leaves all of them as they are. */
function keptBy(bundle: KubeObject, view: View<"ConfigMap">): string {
  const targets = view
    .all("ConfigMap")
    .filter(({ labels }) => labels.get("trust.cert-manager.io/bundle") === bundle.name);
  if (targets.length === 0) return "none of its targets was seen: what should trust it does not";
  const namespaces = examples(targets.map(({ namespace }) => namespace));
  return `its targets keep what they held before, in ${namespaces}`;
}
