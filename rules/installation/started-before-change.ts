import {
  at,
  certificatesWanted,
  componentOf,
  componentTopic,
  conditionOf,
  defineRule,
  fieldsChanged,
  isForCertManager,
  nameOf,
  observed,
  record,
  rfc3339,
  runningSince,
  workingNetwork,
  type KubeObject,
  type View,
} from "../../src/rule/index.ts";

/** What each component reads of config-network only when it starts. */
const readAtStart = {
  "serving controller": [
    "external-domain-tls",
    "auto-tls",
    "autoTLS",
    "cluster-local-domain-tls",
    "system-internal-tls",
    "internal-encryption",
    "namespace-wildcard-cert-selector",
  ],
  activator: ["system-internal-tls", "internal-encryption"],
} as const;

export default defineRule({
  code: "KC116",
  id: "started-before-change",
  summary:
    "a component runs since before the TLS settings were changed that it reads only when it starts",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving cmd/controller/main.go shouldEnableNetCertManagerController, cmd/activator/main.go; knative/serving#13754",
  reads: ["config", "Deployment", "KCertificate", "Pod"],
  follows: ["KC103"],
  messages: {
    unaware: {
      says: "{component} runs since {started}, before {keys} in config-network was changed at {changed}, and it has not acted on it: {symptom}",
      breaks: "no certificate is asked for",
      fix: "kubectl -n {namespace} rollout restart deployment {name}",
    },
    maybeUnaware: {
      says: "{component} runs since {started}, and config-network, where {keys} is set, was changed at {changed} by {manager}",
      breaks:
        "if that change turned the feature on or off, {component} does not know: it reads this only when it starts",
      fix: "kubectl -n {namespace} rollout restart deployment {name}",
    },
  },
  *subjects(view) {
    const { serving } = view.environment.namespaces;
    for (const deployment of view.all("Deployment")) {
      const component = componentOf(deployment, serving);
      if ((component === "serving controller" || component === "activator") && observed(deployment))
        yield { ...deployment, deployment, component };
    }
  },
  *check({ deployment, component }, view, fault) {
    const network = view.need(workingNetwork(view.fact("config")));
    const wanted =
      component === "activator" ? network.systemInternalTls.value : certificatesWanted(network);
    const config = network.settings.configMap;
    if (!wanted || !config || !observed(config)) return;
    const keys = readAtStart[component].filter((key) => network.settings.entries.has(key));
    const change = view.need(fieldsChanged(config, keys));
    if (!change) return;
    const started = startOf(deployment, view);
    if (started >= change.at) return;
    const { name, namespace } = deployment;
    const data = {
      component: `Deployment ${name}`,
      started: rfc3339(started),
      keys: keys.join(", "),
      changed: rfc3339(change.at),
      name,
      namespace,
    };
    const place = at(config, ["data", keys[0] ?? ""], "key");
    const affects = [componentTopic(component)];
    const symptom = component === "serving controller" ? untouched(view) : undefined;
    if (symptom) yield fault("unaware", place, { ...data, symptom }, { affects });
    else
      yield fault(
        "maybeUnaware",
        place,
        { ...data, manager: change.manager },
        { severity: "warning" },
      );
  },
});

/** When the oldest running pod of a Deployment started. */
function startOf(deployment: KubeObject, view: View<"Pod">): Date {
  const labels = Object.entries(record(deployment.raw, "spec", "selector", "matchLabels"));
  const times = view
    .all("Pod")
    .filter(
      (pod) =>
        pod.namespace === deployment.namespace &&
        labels.length > 0 &&
        labels.every(([key, value]) => pod.labels.get(key) === value),
    )
    .flatMap((pod) => runningSince(pod) ?? []);
  const [first] = times.toSorted((a, b) => a.getTime() - b.getTime());
  return first ?? view.notEvaluated(`no running pod of ${nameOf(deployment)} was seen`);
}

/** A KCertificate that nobody has looked at. */
function untouched(view: View<"KCertificate">): string | undefined {
  const found = view
    .all("KCertificate")
    .find((one) => observed(one) && isForCertManager(one) && !conditionOf(one, "Ready"));
  return found && `${nameOf(found)} has no status`;
}
