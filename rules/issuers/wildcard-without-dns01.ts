import {
  at,
  defineRule,
  examples,
  externalNames,
  nameOf,
  needEveryName,
  pickSolver,
  placeOf,
  solversOf,
  acmeIssuers,
  workingNetwork,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC216",
  id: "wildcard-without-dns01",
  summary:
    "wildcard certificates are wanted from an ACME issuer that has no DNS-01 solver for them",
  severity: "error",
  since: "0.1.0",
  citation:
    "RFC 8555 section 7.1.3; cert-manager pkg/util/solverpicker/solverpicker.go; knative/serving#9541; cert-manager#757",
  reads: ["config", "issuerUses", "demands", "ClusterIssuer", "Issuer"],
  messages: {
    noSolver: {
      says: "{issuer} has no DNS-01 solver for the wildcard {names}",
      breaks:
        "ACME validates wildcards by DNS-01 only: the Order stays pending for ever, and routes that would use the wildcard are not Ready",
      fix: "add a DNS-01 solver for the zone, or remove namespace-wildcard-cert-selector",
    },
  },
  subjects: acmeIssuers,
  *check({ issuer }, view, fault) {
    const solvers = solversOf(issuer);
    const unsolved = externalNames(view).filter(
      ({ dnsName, labels }) => dnsName.startsWith("*.") && !pickSolver(solvers, dnsName, labels),
    );
    if (unsolved.length === 0) {
      needEveryName(view);
      return;
    }
    const entry = view.need(workingNetwork(view.fact("config"))).wildcardSelector?.entry;
    const related = entry ? [{ place: placeOf(entry), note: "wildcards are turned on here" }] : [];
    const data = {
      issuer: nameOf(issuer),
      names: examples(unsolved.map(({ says }) => says)),
    };
    yield fault("noSolver", at(issuer, ["spec", "acme", "solvers"], "key"), data, { related });
  },
});
