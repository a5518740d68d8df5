import { defineRule, examples } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC904",
  id: "api-unanswered",
  summary:
    "a kind that rules need could not be read from the cluster, so some checks were not made",
  severity: "warning",
  since: "0.1.0",
  citation: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/",
  reads: ["reading"],
  messages: {
    forbidden: {
      says: "{kinds} cannot be read as a whole: forbidden",
      breaks: "checks that need them are reported as not evaluated",
      fix: "allow {rbac}; `kubectl knative-certs rbac` prints all that is needed",
    },
    unanswered: {
      says: "{why}",
      breaks: "checks that need it are reported as not evaluated",
      fix: "see that the API server and what stands before it answer, then run again",
    },
  },
  *subjects(view) {
    if (view.fact("reading").live) yield { kind: "API", namespace: "", name: "cluster" };
  },
  *check(_subject, view, fault) {
    const { unanswered } = view.fact("reading");
    const forbidden = unanswered.filter(({ rbac }) => rbac !== undefined);
    if (forbidden.length > 0) {
      const data = {
        kinds: examples(forbidden.map(({ kind }) => kind)),
        rbac: examples(forbidden.map(({ rbac }) => rbac ?? "")),
      };
      const evidence = forbidden.map(({ why, rbac }) => `${why}: ${rbac ?? ""}`);
      yield fault("forbidden", undefined, data, { evidence });
    }
    const reasons = new Set(
      unanswered.filter(({ rbac }) => rbac === undefined).map(({ why }) => why),
    );
    for (const why of reasons) yield fault("unanswered", undefined, { why });
    // What could not be read has not passed.
    if (unanswered.length > 0) view.notEvaluated("not everything that was asked for could be read");
  },
});
