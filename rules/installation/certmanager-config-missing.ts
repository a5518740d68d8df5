import {
  certificatesWanted,
  certManagerClass,
  defineRule,
  placeOf,
  workingNetwork,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC104",
  id: "certmanager-config-missing",
  summary: "a TLS feature is on, but ConfigMap config-certmanager does not exist",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/certificate/controller.go; knative/pkg configmap/informer checkObservedResourcesExist; knative/serving#12044",
  reads: ["config"],
  messages: {
    missing: {
      says: "certificates are wanted, but ConfigMap config-certmanager does not exist in namespace {namespace}",
      breaks: "the serving controller waits for it at start, fails and exits",
      fix: "apply the ConfigMap of the Knative Serving release, then set the issuer references in it",
    },
  },
  *subjects(view) {
    const network = view.need(workingNetwork(view.fact("config")));
    const { serving } = view.environment.namespaces;
    if (certificatesWanted(network) && network.certificateClass.value === certManagerClass) {
      yield { kind: "ConfigMap", namespace: serving, name: "config-certmanager", network };
    }
  },
  *check({ namespace, network }, view, fault) {
    if (view.need(view.fact("config").settings["config-certmanager"])) return;
    const { externalDomainTls, clusterLocalDomainTls, systemInternalTls, wildcardSelector } =
      network;
    const wish =
      [externalDomainTls, clusterLocalDomainTls, systemInternalTls].find(({ value }) => value) ??
      wildcardSelector;
    yield fault("missing", wish?.entry && placeOf(wish.entry), { namespace });
  },
});
