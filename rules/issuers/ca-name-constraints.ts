import {
  at,
  caOf,
  certificateTitle,
  constraintProblem,
  constraintsWritten,
  defineRule,
  examples,
  isCa,
  nameOf,
  secretsBelow,
  severityOfAuthority,
  type Authority,
  type Demand,
  type NameConstraints,
  type Place,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC212",
  id: "ca-name-constraints",
  summary: "the name constraints of a CA forbid names that Knative asks of it",
  severity: "error",
  since: "0.1.0",
  citation:
    "RFC 5280 section 4.2.1.10; https://pkg.go.dev/crypto/x509#Certificate.Verify; cert-manager#2446",
  reads: ["authorities", "demands", "signedLeaves", "Secret"],
  messages: {
    forbids: {
      says: "{ca}, the CA of {issuer}, {why}; Knative asks for {count} such certificates: {names}",
      breaks:
        "cert-manager issues them all the same, and every client refuses them; one forbidden name spoils the whole certificate",
      fix: "add what Knative asks for to the permitted names of the CA, or give these certificates another issuer",
    },
  },
  *subjects(view) {
    for (const authority of view.fact("authorities"))
      if (authority.use) yield { ...authority.issuer, authority };
  },
  *check({ authority }, view, fault) {
    const { issuer } = authority;
    const demands = askedOf(authority, view);
    for (const { constraints, ca, place } of constraintsOf(authority, view)) {
      const problems = demands.flatMap((demand) => {
        const names = demand.names.ok ? demand.names.dnsNames : [];
        const why = constraintProblem(constraints, names);
        return why === undefined ? [] : [{ why, name: names[0] ?? "" }];
      });
      const [first] = problems;
      if (!first) continue;
      const data = {
        ca,
        issuer: nameOf(issuer),
        why: first.why,
        count: problems.length,
        names: examples(problems.map(({ name }) => name)),
      };
      yield fault("forbids", at(issuer, ["spec", "ca", "secretName"]), data, {
        severity: severityOfAuthority([authority], "error"),
        related: [{ place, note: "the constraints" }],
        affects: secretsBelow(authority, view),
      });
    }
    const unsure = view.need(view.fact("demands")).unsure[0];
    if (unsure) view.notEvaluated(unsure.why);
  },
});

interface Constrained {
  readonly constraints: NameConstraints;
  readonly ca: string;
  readonly place: Place;
}

/** Of the certificates in the Secret; where there are none yet, of the Certificate that will make them. */
function constraintsOf(authority: Authority, view: View<"Secret">): readonly Constrained[] {
  const written = authority.certificates.filter(isCa).flatMap((certificate) => {
    const constraints = constraintsWritten(certificate);
    const place = at(certificate, ["spec", "nameConstraints"], "key");
    return constraints ? [{ constraints, ca: nameOf(certificate), place }] : [];
  });
  const { namespace, name } = authority.secret;
  if (written.length > 0 && !view.find("Secret", namespace, name)) return written;
  return (caOf(authority, view)?.certificates ?? []).flatMap(({ certificate, place }) =>
    certificate.nameConstraints
      ? [{ constraints: certificate.nameConstraints, ca: certificateTitle(certificate), place }]
      : [],
  );
}

function askedOf({ use }: Authority, view: View<"demands">): readonly Demand[] {
  const keys = new Set(use?.references.map(({ reference }) => reference.key));
  return view.need(view.fact("demands")).list.filter(({ issuerKey }) => keys.has(issuerKey));
}
