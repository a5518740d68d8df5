import {
  at,
  defineRule,
  dig,
  list,
  text,
  type KubeObject,
  type Place,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC126",
  id: "cluster-domain-differs",
  summary: "the cluster domain assumed here is not the one the components use",
  severity: "warning",
  since: "0.1.0",
  citation: "knative/pkg network/domain.go getClusterDomainName; knative/pkg#1788",
  reads: ["Deployment", "Route"],
  messages: {
    differs: {
      says: "{what} uses the cluster domain {used}, but this analysis assumes {assumed}",
      breaks: "names of cluster-local certificates are judged for the wrong domain",
      fix: "state it: --cluster-domain {used}, or environment.clusterDomain in .knative-certs.yaml",
    },
  },
  *subjects(view) {
    for (const deployment of view.all("Deployment")) {
      const domain = domainOfDeployment(deployment);
      if (domain && deployment.namespace === view.environment.namespaces.serving)
        yield { ...deployment, ...domain };
    }
    for (const route of view.all("Route")) {
      const host = hostOf(text(route.raw, "status", "address", "url") ?? "");
      const used = /^[^.]+\.[^.]+\.svc\.(?<domain>.+)$/.exec(host)?.groups?.["domain"];
      if (used !== undefined)
        yield { ...route, used, place: at(route, ["status", "address", "url"]) };
    }
  },
  *check({ kind, name, used, place }, view, fault) {
    const { clusterDomain } = view.environment;
    if (used !== clusterDomain)
      yield fault("differs", place, { what: `${kind} ${name}`, used, assumed: clusterDomain });
  },
});

function domainOfDeployment(
  deployment: KubeObject,
): { readonly used: string; readonly place: Place } | undefined {
  const steps = ["spec", "template", "spec", "containers"];
  for (const [i, container] of list(
    dig(deployment.raw, "spec", "template", "spec"),
    "containers",
  ).entries()) {
    for (const [j, variable] of list(container, "env").entries()) {
      const used =
        text(variable, "name") === "CLUSTER_DOMAIN" ? text(variable, "value") : undefined;
      if (used) return { used, place: at(deployment, [...steps, i, "env", j, "value"]) };
    }
  }
  return undefined;
}

function hostOf(url: string): string {
  return url.replace(/^[a-z]+:\/\//, "").replace(/[:/].*$/, "");
}
