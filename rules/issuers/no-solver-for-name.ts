import {
  acmeIssuers,
  at,
  defineRule,
  examples,
  externalNames,
  nameOf,
  needEveryName,
  pickSolver,
  solversOf,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC218",
  id: "no-solver-for-name",
  summary: "an ACME issuer has no solver whose selector matches a name",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager pkg/util/solverpicker/solverpicker.go Pick; pkg/controller/acmeorders/sync.go",
  reads: ["issuerUses", "demands", "ClusterIssuer", "Issuer"],
  messages: {
    none: {
      says: "{issuer} has no solver for {names}",
      breaks: "the Order stays pending for ever, without an error in any condition",
      fix: "add a solver without a selector, or one whose dnsZones or dnsNames cover the name",
    },
  },
  subjects: acmeIssuers,
  *check({ issuer }, view, fault) {
    const solvers = solversOf(issuer);
    const plain = externalNames(view).filter(({ dnsName }) => !dnsName.startsWith("*."));
    const unsolved = plain
      .filter(({ dnsName, labels }) => !pickSolver(solvers, dnsName, labels))
      .map(({ says }) => says);
    if (unsolved.length > 0)
      yield fault("none", at(issuer, ["spec", "acme", "solvers"], "key"), {
        issuer: nameOf(issuer),
        names: examples(unsolved),
      });
    needEveryName(view);
  },
});
