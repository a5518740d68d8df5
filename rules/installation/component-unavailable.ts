import {
  at,
  certificatesWanted,
  componentOf,
  componentTopic,
  conditionOf,
  defineRule,
  dig,
  ingressLayer,
  nameOf,
  observed,
  workingNetwork,
  type ComponentName,
  type View,
} from "../../src/rule/index.ts";

/** What does not happen while a component is down. */
const consequences: Readonly<Record<ComponentName, string>> = {
  "cert-manager": "nothing is issued or renewed: certificates expire, new ones never come",
  "cert-manager webhook":
    "the API server refuses every new or changed Certificate, so Knative cannot ask for any",
  "cert-manager cainjector":
    "the webhooks of cert-manager and trust-manager stop being trusted when their certificates are renewed",
  "trust-manager": "trust bundles are not updated, and new namespaces get none",
  "serving controller": "Knative asks for no certificate and changes no Route",
  "serving webhook": "the API server refuses every new or changed Knative object",
  activator: "no request reaches a Revision that is scaled to zero or being scaled",
  autoscaler: "no Revision is scaled",
  "ingress controller": "the ingress does not learn of new certificates, trust bundles and Routes",
  "ingress gateway": "no traffic enters",
};

/** These are needed only later, at the next renewal or change. */
const milder: ReadonlySet<ComponentName> = new Set([
  "cert-manager cainjector",
  "trust-manager",
  "autoscaler",
]);

export default defineRule({
  code: "KC103",
  id: "component-unavailable",
  summary: "a component that certificates or encrypted traffic need is not available",
  severity: "error",
  since: "0.1.0",
  citation:
    "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status; cert-manager deploy/charts/cert-manager/templates; knative/serving config/core/deployments",
  reads: ["config", "Deployment", "Bundle"],
  messages: {
    unavailable: {
      says: "{component} ({deployment}) is not available: {why}",
      breaks: "{breaks}",
      fix: "see `kubectl -n {namespace} describe deployment {name}` and the logs of its pods",
    },
    scaledToZero: {
      says: "{component} ({deployment}) is scaled to zero",
      breaks: "{breaks}",
      fix: "kubectl -n {namespace} scale deployment {name} --replicas=1",
    },
    missing: {
      says: "{component} runs in no Deployment of this cluster",
      breaks: "{breaks}",
      fix: "install it",
    },
  },
  *subjects(view) {
    const { serving } = view.environment.namespaces;
    const there = new Set<ComponentName>();
    for (const deployment of view.all("Deployment")) {
      const component = componentOf(deployment, serving);
      if (component) there.add(component);
      if (component && isWanted(component, view)) yield { ...deployment, component, deployment };
    }
    if (!view.hasObserved) return;
    for (const component of needed(view))
      if (!there.has(component))
        yield {
          kind: "Component",
          namespace: "",
          name: component,
          component,
          deployment: undefined,
        };
  },
  *check({ component, deployment }, view, fault) {
    const shared = {
      affects: [componentTopic(component)],
      severity: milder.has(component) ? ("warning" as const) : ("error" as const),
    };
    const data = { component, breaks: consequences[component] };
    if (!deployment) {
      if (!view.complete("Deployment"))
        view.notEvaluated(`none of the Deployments that were read runs ${component}`);
      yield fault("missing", undefined, data, shared);
      return;
    }
    if (!observed(deployment))
      view.notEvaluated(`${nameOf(deployment)} is written, not observed: it has no status`);
    const { name, namespace } = deployment;
    const its = { ...data, deployment: nameOf(deployment), name, namespace };
    if (dig(deployment.raw, "spec", "replicas") === 0) {
      yield fault("scaledToZero", at(deployment, ["spec", "replicas"]), its, shared);
      return;
    }
    const available = conditionOf(deployment, "Available");
    if (available?.status === "True") return;
    const place = at(
      deployment,
      available ? ["status", "conditions", available.index] : ["status"],
    );
    const why = available
      ? [available.reason, available.message].filter(Boolean).join(": ") || "no reason is given"
      : "it has no Available condition: no controller of the cluster has looked at it";
    yield fault("unavailable", place, { ...its, why }, shared);
  },
});

/** The autoscaler has a part in encryption only: it reads metrics of the activator through TLS then. */
function isWanted(component: ComponentName, view: View<"config">): boolean {
  if (component !== "autoscaler") return true;
  const network = workingNetwork(view.fact("config"));
  return network.known && network.value.systemInternalTls.value;
}

/** What must run somewhere, given the configuration and the objects that are there. */
function* needed(view: View<"config" | "Bundle">): Iterable<ComponentName> {
  if (view.all("Bundle").some(observed)) yield "trust-manager";
  const network = workingNetwork(view.fact("config"));
  if (
    !network.known ||
    !network.value.settings.configMap ||
    !observed(network.value.settings.configMap)
  )
    return;
  yield "serving controller";
  yield "activator";
  if (!certificatesWanted(network.value)) return;
  yield "cert-manager";
  if (ingressLayer(network.value.ingressClass.value)) yield "ingress controller";
}
