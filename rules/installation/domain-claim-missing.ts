import {
  at,
  defineRule,
  optsOutOfExternalTls,
  parseBool,
  placeOf,
  text,
  workingNetwork,
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
    const { settings } = view.need(workingNetwork(view.fact("config")));
    const automatic =
      settings.entries.get("autocreate-cluster-domain-claims") ??
      settings.entries.get("autocreateClusterDomainClaims");
    const isAutomatic = parseBool(automatic?.value ?? "") ?? false;
    if (view.lookup("ClusterDomainClaim", "", name).state === "assumed") return;
    const claim = isAutomatic
      ? view.find("ClusterDomainClaim", "", name)
      : view.expect("ClusterDomainClaim", "", name);
    const owner = text(claim?.raw, "spec", "namespace") ?? "";
    const related = automatic
      ? [{ place: placeOf(automatic), note: "claims are made by hand" }]
      : [];
    if (!claim && !isAutomatic) yield fault("missing", place, { name, namespace }, { related });
    else if (claim && owner !== namespace) {
      yield fault(
        "other",
        place,
        { name, namespace, owner: owner || "nobody" },
        { related: [{ place: at(claim, ["spec", "namespace"]), note: "the claim" }] },
      );
    }
  },
});
