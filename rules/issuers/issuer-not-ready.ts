import {
  at,
  conditionOf,
  defineRule,
  generationOf,
  issuerAdvice,
  nameOf,
  observed,
  placesOf,
  severityByUse,
  usedIssuers,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC202",
  id: "issuer-not-ready",
  summary: "an issuer that Knative uses is not Ready",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager pkg/issuer/ca/setup.go, pkg/issuer/acme/setup.go, pkg/issuer/vault/setup.go; pkg/api/util/conditions.go SetIssuerCondition",
  reads: ["issuerUses", "ClusterIssuer", "Issuer"],
  follows: ["KC201", "KC207", "KC209", "KC210", "KC222"],
  messages: {
    notReady: {
      says: "{issuer} is not Ready: {reason}: {message}",
      breaks: "nothing is issued through it; CertificateRequests stay Pending",
      fix: "{advice}",
    },
    neverReconciled: {
      says: "{issuer} has no Ready condition: no controller has looked at it",
      breaks: "nothing is issued through it",
      fix: "see that cert-manager's controller runs and watches this namespace",
    },
    stale: {
      says: "the Ready condition of {issuer} speaks of generation {seen}, but the object is at generation {generation}",
      breaks: "whether the issuer works as it is now written is not known yet",
      fix: "see that cert-manager's controller runs",
    },
  },
  subjects: usedIssuers,
  *check({ kind, namespace, name, use }, view, fault) {
    const issuer = view.expect(kind, namespace, name);
    if (!issuer) return;
    if (!observed(issuer))
      view.notEvaluated(`${nameOf(issuer)} is written, not observed: it has no status`);
    const extra = {
      severity: severityByUse(use, "error"),
      related: named(placesOf(use, "name").place),
    };
    const ready = conditionOf(issuer, "Ready");
    const generation = generationOf(issuer);
    if (!ready) {
      yield fault(
        "neverReconciled",
        at(issuer, ["metadata", "name"]),
        { issuer: nameOf(issuer) },
        extra,
      );
      return;
    }
    const place = at(issuer, ["status", "conditions", ready.index]);
    if (ready.status !== "True") {
      const data = {
        issuer: nameOf(issuer),
        reason: ready.reason,
        message: ready.message,
        advice: issuerAdvice(ready.reason),
      };
      yield fault("notReady", place, data, extra);
    } else if (
      ready.observedGeneration !== undefined &&
      generation !== undefined &&
      ready.observedGeneration < generation
    ) {
      const data = { issuer: nameOf(issuer), seen: ready.observedGeneration, generation };
      yield fault("stale", place, data, {
        ...extra,
        severity: extra.severity === "error" ? "warning" : extra.severity,
      });
    }
  },
});

function named(place: ReturnType<typeof placesOf>["place"]) {
  return place ? [{ place, note: "named here" }] : [];
}
