import {
  at,
  defineRule,
  examples,
  externalNames,
  nameOf,
  needEveryName,
  pickSolver,
  solversOf,
  acmeIssuers,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC215",
  id: "http01-not-first",
  summary: "Knative looks for HTTP-01 in the first solver only, and for every name or for none",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/certificate/certificate.go isHTTPChallenge, setHTTP01Challenges",
  reads: ["issuerUses", "demands", "ClusterIssuer", "Issuer"],
  messages: {
    notFirst: {
      says: "the first solver of {issuer} is DNS-01, but {names} would be solved by HTTP-01",
      breaks:
        "Knative decides by the first solver alone that there is no challenge to route: the ACME server never reaches it, and the certificate is never issued",
      fix: "put the HTTP-01 solver first and give every name to it, or solve all names by DNS-01",
    },
    mixed: {
      says: "the first solver of {issuer} is HTTP-01, but {names} would be solved by DNS-01",
      breaks:
        "Knative waits for an HTTP-01 challenge that never comes (no challenge solver service for domain): its certificate is not Ready until cert-manager has issued it, and again at each renewal",
      fix: "put the DNS-01 solver first if all names of Knative are solved by it, or use an issuer of its own for them",
    },
  },
  subjects: acmeIssuers,
  *check({ issuer }, view, fault) {
    const solvers = solversOf(issuer);
    const [first] = solvers;
    if (!first || new Set(solvers.map(({ type }) => type)).size < 2) return;
    const picked = externalNames(view).map(({ dnsName, says, labels }) => ({
      says,
      type: pickSolver(solvers, dnsName, labels)?.type,
    }));
    const other = picked
      .filter(({ type }) => type !== undefined && type !== first.type)
      .map(({ says }) => says);
    if (other.length > 0) {
      const data = { issuer: nameOf(issuer), names: examples(other) };
      const place = at(issuer, ["spec", "acme", "solvers", 0]);
      if (first.type === "dns01") yield fault("notFirst", place, data);
      else yield fault("mixed", place, data, { severity: "warning" });
    }
    needEveryName(view);
  },
});
