import { at, caTitle, defineRule, rotationSubjects } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC605",
  id: "old-ca-can-go",
  summary: "a finished rotation is not cleaned up: the old CA is still trusted",
  severity: "info",
  since: "0.1.0",
  citation:
    "https://knative.dev/docs/serving/encryption/configure-certmanager-integration/#trust-during-rotation (step 9)",
  reads: ["rotation"],
  messages: {
    waits: {
      says: "every certificate is of {live}; {old} may leave the bundle at {when}, when every component has loaded them",
      breaks: "until then whoever holds the old CA's key can pose as any component",
      fix: "remove {old} from the bundle then",
    },
    now: {
      says: "every certificate is of {live}, and everybody has loaded them; {old} is still in the bundle",
      breaks: "whoever holds the old CA's key can pose as any component",
      fix: "remove {old} from the bundle",
    },
  },
  subjects: rotationSubjects,
  *check({ found }, view, fault) {
    const rotation = view.need(found);
    if (!rotation) return;
    const { status, estate, olds, isBundled, source } = rotation;
    const { phase, oldCaMayGoAt: when } = status;
    if ((phase !== "S6" && phase !== "S7") || olds.length === 0 || !isBundled(estate.live.ca))
      return;
    const old = olds.map(caTitle).join(", ");
    const live = caTitle(estate.live.ca);
    const holder = source.bundle ?? source.configMap;
    const place = holder && at(holder, [source.bundle ? "spec" : "data"], "key");
    if (phase === "S7") yield fault("now", place, { live, old });
    else yield fault("waits", place, { live, old, when: when ?? "" });
  },
});
