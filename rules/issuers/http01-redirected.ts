import {
  acmeIssuers,
  annotationValues,
  at,
  defineRule,
  examples,
  externalNames,
  ingressLayer,
  needEveryName,
  pickSolver,
  placeOf,
  solversOf,
  workingNetwork,
  type KubeObject,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC217",
  id: "http01-redirected",
  summary: "plain HTTP is redirected, and with it the HTTP-01 challenge",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving#12527; knative-extensions/net-kourier pkg/generator/ingress_translator.go; knative-extensions/net-istio pkg/reconciler/ingress/resources/gateway.go MakeHTTPServer",
  holdsFor: "Kourier and Istio; Contour redirects only once TLS is there",
  reads: ["config", "issuerUses", "demands", "ClusterIssuer", "Issuer"],
  messages: {
    redirected: {
      says: "HTTP is redirected to HTTPS, and with it the HTTP-01 challenge for {names}",
      breaks:
        "it ends at a listener that has no certificate yet: the first one is never issued, and each try counts towards the rate limit",
      fix: 'set {key}: "Enabled", or use DNS-01',
    },
  },
  *subjects(view) {
    for (const acme of acmeIssuers(view)) {
      const network = view.need(workingNetwork(view.fact("config")));
      const layer = ingressLayer(network.ingressClass.value);
      if (layer === "kourier" || layer === "istio") yield { ...acme, network };
    }
  },
  *check({ issuer, network }, view, fault) {
    const solvers = solversOf(issuer);
    const http = externalNames(view).filter(
      ({ dnsName, labels }) => pickSolver(solvers, dnsName, labels)?.type === "http01",
    );
    const { value, entry } = network.httpProtocol;
    const byConfig = http.filter(
      ({ owner }) => value === "redirected" && protocolOf(owner) === undefined,
    );
    if (entry && byConfig.length > 0)
      yield fault("redirected", placeOf(entry), {
        key: entry.key,
        names: examples(byConfig.map(({ says }) => says)),
      });
    for (const { owner, dnsName } of http) {
      const own = owner && protocolOf(owner);
      if (!owner || own?.value.toLowerCase() !== "redirected") continue;
      const place = at(owner, ["metadata", "annotations", own.spelling]);
      yield fault("redirected", place, { key: own.spelling, names: dnsName }, { subject: owner });
    }
    needEveryName(view);
  },
});

function protocolOf(owner: KubeObject | undefined) {
  return owner && annotationValues(owner, "httpProtocol")[0];
}
