import { at, defineRule, nameOf } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC902",
  id: "object-defined-twice",
  summary: "an object is written twice with different content",
  severity: "warning",
  since: "0.1.0",
  citation:
    "k8s.io/kubectl pkg/cmd/apply/apply.go (one object after the other: the last one applied wins)",
  reads: ["reading"],
  messages: {
    differs: {
      says: "{object} is written twice with different content: the later one is looked at",
      breaks: "which of them a cluster gets depends on the order in which they are applied",
      fix: "remove one; files for different clusters belong into clusters: of .knative-certs.yaml",
    },
  },
  *subjects(view) {
    for (const duplicate of view.fact("reading").duplicates)
      yield { ...duplicate.second, duplicate };
  },
  *check({ duplicate: { first, second, same } }, _view, fault) {
    if (same) return;
    const related = [{ place: at(first, ["metadata", "name"]), note: "the other one" }];
    yield fault(
      "differs",
      at(second, ["metadata", "name"]),
      { object: nameOf(second) },
      { related },
    );
  },
});
