import {
  acmeIssuers,
  at,
  atLeast,
  defineRule,
  examples,
  kcertificateLabels,
  nameOf,
  needEveryName,
  pickSolver,
  placesOf,
  solversOf,
  type Demand,
  type Solver,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC319",
  id: "challenge-not-routed",
  summary:
    "an HTTP-01 challenge that Knative does not route: of a shortened name, or at a DomainMapping's renewal",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/route/resources/ingress.go (#16312, since 1.21); pkg/reconciler/domainmapping/reconciler.go tls",
  holdsFor: "Knative >= 1.21 for shortened names; all releases for DomainMappings",
  reads: ["demands", "issuerUses", "versions", "ClusterIssuer", "Issuer"],
  messages: {
    shortened: {
      says: "{issuer} proves {names} by HTTP-01, but Knative{version} routes no challenge to names that serve nothing",
      breaks:
        "certificates of names longer than 63 characters carry such a further name: their challenges are never answered, and they are never issued",
      fix: "shorten the service's name, its tag or the namespace, or prove these names by DNS-01",
    },
    renewal: {
      says: "{issuer} proves {names} by HTTP-01, but Knative routes a DomainMapping's challenge only while its certificate is not Ready",
      breaks:
        "the first certificate is issued; its renewal fails, and only after it has expired is the challenge routed and a new one issued",
      fix: "prove the names of DomainMappings by DNS-01, or give them certificates of their own with spec.tls.secretName",
    },
  },
  *subjects(view) {
    for (const subject of acmeIssuers(view))
      if (solversOf(subject.issuer).some(({ type }) => type === "http01")) yield subject;
  },
  *check({ issuer, use }, view, fault) {
    const demands = view
      .need(view.fact("demands"))
      .list.filter(({ issuerKey }) => issuerKey === "issuerRef");
    const related = [placesOf(use, "name").place].flatMap((place) =>
      place ? [{ place, note: "it is named here" }] : [],
    );
    const shortened = solvedByHttp(issuer, demands.filter(isShortened));
    const version = knownFrom(view);
    if (shortened && version !== "older")
      yield fault(
        "shortened",
        placeOf(issuer, shortened.solver),
        {
          issuer: nameOf(issuer),
          names: examples(shortened.names),
          version: version === "unknown" ? " since 1.21" : "",
        },
        { related, ...(version === "unknown" && { severity: "warning" as const }) },
      );
    const mapped = solvedByHttp(
      issuer,
      demands.filter(({ origin }) => origin === "domain-mapping"),
    );
    if (mapped)
      yield fault(
        "renewal",
        placeOf(issuer, mapped.solver),
        { issuer: nameOf(issuer), names: examples(mapped.names) },
        { related, severity: "warning" },
      );
    needEveryName(view);
  },
});

/** True where the first name that is asked for is not that of the route. */
function isShortened({ names, dnsNames }: Demand): boolean {
  return names.ok && names.dnsNames[0] !== dnsNames[0];
}

/** The first names of these certificates that a solver proves by HTTP-01, and the first such solver. */
function solvedByHttp(issuer: Parameters<typeof solversOf>[0], demands: readonly Demand[]) {
  const solvers = solversOf(issuer);
  const names = new Set<string>();
  let first: Solver | undefined;
  for (const demand of demands) {
    const [name] = demand.names.ok ? demand.names.dnsNames : [];
    const solver =
      name === undefined ? undefined : pickSolver(solvers, name, kcertificateLabels(demand));
    if (solver?.type !== "http01" || name === undefined) continue;
    first ??= solver;
    names.add(name);
  }
  return first && { solver: first, names: [...names].toSorted() };
}

function placeOf(issuer: Parameters<typeof solversOf>[0], { index }: Solver) {
  return at(issuer, ["spec", "acme", "solvers", index, "http01"], "key");
}

function knownFrom(view: View<"versions">): "older" | "newer" | "unknown" {
  const { knative } = view.fact("versions");
  if (!knative.known) return "unknown";
  return atLeast(knative.value, "1.21") ? "newer" : "older";
}
