import {
  at,
  defineRule,
  optsOutOfExternalTls,
  parseBool,
  placeOf,
  text,
  workingNetwork,
  type NetworkConfig,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC128",
  id: "domain-claim-missing",
  summary: "a DomainMapping has no ClusterDomainClaim, so it never asks for its certificate",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/domainmapping/reconciler.go reconcileDomainClaim (runs before tls)",
  reads: ["config", "ClusterDomainClaim", "DomainMapping"],
  messages: {
    missing: {
      says: "DomainMapping {name} has no ClusterDomainClaim, and autocreate-cluster-domain-claims is off",
      breaks: "the mapping stops before its certificate is asked for: DomainAlreadyClaimed",
      fix: "create ClusterDomainClaim {name} with spec.namespace: {namespace}",
    },
    other: {
      says: "DomainMapping {name} is in namespace {namespace}, but its ClusterDomainClaim gives the name to {owner}",
      breaks: "the mapping stops before its certificate is asked for: DomainAlreadyClaimed",
      fix: "set spec.namespace of the claim to {namespace}",
    },
  },
  *subjects(view) {
    const { externalDomainTls } = view.need(workingNetwork(view.fact("config")));
    if (externalDomainTls.value)
      yield* view.all("DomainMapping").filter((mapping) => !optsOutOfExternalTls(mapping));
  },
  *check(mapping, view, fault) {
    const { name, namespace } = mapping;
    const place = at(mapping, ["metadata", "name"]);
    const automatic = claimsAreMade(view.need(workingNetwork(view.fact("config"))));
    if (view.lookup("ClusterDomainClaim", "", name).state === "assumed") return;
    const claim = automatic.value
      ? view.find("ClusterDomainClaim", "", name)
      : view.expect("ClusterDomainClaim", "", name);
    if (!claim) {
      const { entry } = automatic;
      const related = entry ? [{ place: placeOf(entry), note: "claims are made by hand" }] : [];
      if (!automatic.value) yield fault("missing", place, { name, namespace }, { related });
      return;
    }
    const owner = text(claim.raw, "spec", "namespace") ?? "";
    if (owner === namespace) return;
    const related = [{ place: at(claim, ["spec", "namespace"]), note: "the claim" }];
    yield fault("other", place, { name, namespace, owner: owner || "nobody" }, { related });
  },
});

/** Whether the controller makes the claims itself (knative/networking pkg/config/config.go). */
function claimsAreMade({ settings: { entries } }: NetworkConfig) {
  const entry =
    entries.get("autocreate-cluster-domain-claims") ?? entries.get("autocreateClusterDomainClaims");
  return { entry, value: parseBool(entry?.value ?? "") ?? false };
}
