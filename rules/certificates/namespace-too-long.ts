import { at, defineRule, nameOf } from "../../src/rule/index.ts";

const longest = 55;

export default defineRule({
  code: "KC306",
  id: "namespace-too-long",
  summary: "a namespace is too long for system-internal-tls",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/certificate/resources/cert_manager_certificate.go; pkg/reconciler/revision/reconcile_resources.go reconcileQueueProxyCertificate",
  reads: ["demands"],
  messages: {
    tooLong: {
      says: "namespace {namespace} has {length} characters: kn-user-{namespace}, the common name of serving-certs, would have more than 63",
      breaks:
        "serving-certs is never issued, and no Revision in the namespace is deployed; it says ResolvingDigests, and nothing of a certificate",
      fix: "use a namespace of at most {longest} characters, or turn system-internal-tls off",
    },
  },
  *subjects(view) {
    for (const demand of view.need(view.fact("demands")).list) {
      if (demand.origin === "queue-proxy")
        yield { kind: "Namespace", namespace: "", name: demand.namespace, demand };
    }
  },
  *check({ name, demand }, _view, fault) {
    if (demand.names.ok) return;
    const place = demand.owner && at(demand.owner, ["metadata", "namespace"]);
    const affects = [nameOf({ kind: "Secret", namespace: name, name: demand.name ?? "" })];
    yield fault("tooLong", place, { namespace: name, length: name.length, longest }, { affects });
  },
});
