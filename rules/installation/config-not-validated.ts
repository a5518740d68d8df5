import { at, defineRule } from "../../src/rule/index.ts";

const watched = new Set([
  "config-certmanager",
  "config-deployment",
  "config-domain",
  "config-features",
  "config-network",
]);
/** What the objectSelector of config.webhook.serving.knative.dev asks of app.kubernetes.io/component. */
const components = new Set([
  "autoscaler",
  "controller",
  "logging",
  "networking",
  "observability",
  "tracing",
  "net-certmanager",
]);

export default defineRule({
  code: "KC109",
  id: "config-not-validated",
  summary: "a ConfigMap lacks the labels that make Knative's webhook validate it",
  severity: "info",
  since: "0.1.0",
  citation: "knative/serving config/core/webhooks/configmap-validation.yaml",
  reads: ["ConfigMap"],
  messages: {
    unlabelled: {
      says: "{name} lacks the labels by which Knative's webhook picks what it validates: app.kubernetes.io/name: knative-serving and app.kubernetes.io/component",
      breaks:
        "a value that Knative cannot read is accepted, and keeps components from starting later",
      fix: "add the labels that the ConfigMap has in the Knative Serving release",
    },
  },
  *subjects(view) {
    const { serving } = view.environment.namespaces;
    yield* view
      .all("ConfigMap")
      .filter(({ namespace, name }) => namespace === serving && watched.has(name));
  },
  *check(subject, _view, fault) {
    const { name, labels } = subject;
    const validated =
      labels.get("app.kubernetes.io/name") === "knative-serving" &&
      components.has(labels.get("app.kubernetes.io/component") ?? "");
    if (!validated) yield fault("unlabelled", at(subject, ["metadata", "labels"], "key"), { name });
  },
});
