import {
  at,
  defaultReference,
  defineRule,
  examples,
  isCa,
  isOwnGroup,
  nameOf,
  namedIssuers,
  nearest,
  observed,
  placesOf,
  referencesTo,
  secretNameOf,
  severityByUse,
  text,
  topicsOf,
  type IssuerUse,
  type KubeObject,
  type MakeFault,
  type Message,
  type NamedIssuer,
  type View,
} from "../../src/rule/index.ts";

const messages = {
  missing: {
    says: "ClusterIssuer {name}, named by {references}, does not exist{suggestion}",
    breaks: "no certificate is issued through it: every CertificateRequest stays Pending",
    fix: "create ClusterIssuer {name}, or name one that exists",
  },
  defaultMissing: {
    says: "ClusterIssuer knative-selfsigned-issuer, the default of {references}, does not exist: no release since 1.15 brings it",
    breaks: "no certificate is issued through it: every CertificateRequest stays Pending",
    fix: "create an issuer and name it in config-certmanager",
  },
  missingForCertificate: {
    says: "{issuer}, named by {certificates}, does not exist{suggestion}",
    breaks: "the CertificateRequest stays Pending, and {secrets} is never made",
    fix: "name an issuer that exists; without a kind, issuerRef means an Issuer in the Certificate's own namespace",
  },
  kindForgotten: {
    says: "{certificate} names Issuer {name} in its own namespace, for its issuerRef has no kind; no such Issuer is seen, but a ClusterIssuer of that name",
    breaks:
      "unless there is such an Issuer, the CertificateRequest stays Pending, and {secret} is never made",
    fix: "write kind: ClusterIssuer",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC201",
  id: "issuer-missing",
  summary: "config-certmanager or a Certificate names an issuer that does not exist",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/certificate/config/cert_manager.go; cert-manager pkg/controller/certificaterequests/sync.go, internal/apis/certmanager/v1/defaults.go",
  reads: ["issuerUses", "ClusterIssuer", "Issuer", "Certificate"],
  follows: ["KC106"],
  messages,
  *subjects(view) {
    const uses = view.fact("issuerUses");
    yield* namedIssuers(view, uses.known ? uses.value : []);
    for (const { target, references } of uses.known ? uses.value : [])
      if (!isOwnGroup(target.group) && references.some(({ activity }) => activity !== "off"))
        yield { ...target, namespace: "" };
    // What Certificates name can be judged all the same.
    const namespace = view.environment.namespaces.serving;
    if (!uses.known) yield { kind: "ConfigMap", namespace, name: "config-certmanager" };
  },
  *check(subject, view, fault) {
    if (!("certificates" in subject)) {
      if ("group" in subject)
        view.notEvaluated(
          `${nameOf(subject)} is of another project (${subject.group}), whose issuers are not read: see that it exists and is Ready`,
        );
      view.need(view.fact("issuerUses"));
      return;
    }
    const { kind, namespace, name, use, certificates } = subject;
    const { state } = view.lookup(kind, namespace, name);
    if (state === "assumed") return;
    if (state === "unknown") yield* kindForgotten(subject, view, fault);
    if (view.expect(kind, namespace, name)) return;
    const suggestion = suggest(subject, view);
    const spots = certificates.map((certificate) => ({
      place: at(certificate, ["spec", "issuerRef", "name"]),
      note: `${nameOf(certificate)} names it too`,
    }));
    const affects = certificates.flatMap((certificate) => signedBy(certificate, view));
    if (!use) {
      const secrets = certificates.map((one) => `Secret/${one.namespace}/${secretNameOf(one)}`);
      const data = {
        issuer: nameOf(subject),
        certificates: examples(certificates.map(nameOf)),
        secrets: examples(secrets),
        suggestion,
      };
      const severity = certificates.some(isCa) ? "error" : "warning";
      const extra = { affects, severity, related: spots.slice(1) } as const;
      yield fault("missingForCertificate", spots[0]?.place, data, extra);
      return;
    }
    const { place, related } = placesOf(use, "name");
    const extra = {
      affects,
      related: [...related, ...spots],
      severity: certificates.some(isCa) ? "error" : severityByUse(use, "error"),
      dependsOn: [...topicsOf(use), ...(certificates.length > 0 ? [nameOf(subject)] : [])],
    };
    const references = referencesTo(use);
    if (isDefault(use)) yield fault("defaultMissing", place, { references }, extra);
    else yield fault("missing", place, { name, references, suggestion }, extra);
  },
});

/** What may be elsewhere is not missing; but a reference without a kind, beside a ClusterIssuer of the name, is a slip. */
function* kindForgotten(
  { kind, name, certificates }: NamedIssuer,
  view: View<"ClusterIssuer">,
  fault: MakeFault<typeof messages>,
) {
  if (kind !== "Issuer" || !view.find("ClusterIssuer", "", name)) return;
  for (const certificate of certificates) {
    if (text(certificate.raw, "spec", "issuerRef", "kind") || observed(certificate)) continue;
    const secret = nameOf({
      kind: "Secret",
      namespace: certificate.namespace,
      name: secretNameOf(certificate),
    });
    const data = { certificate: nameOf(certificate), name, secret };
    yield fault("kindForgotten", at(certificate, ["spec", "issuerRef"], "key"), data, {
      severity: "warning",
    });
  }
}

/** The CA issuers that stay without their Secret while the Certificate is not issued. */
function signedBy(
  certificate: KubeObject,
  view: View<"ClusterIssuer" | "Issuer">,
): readonly string[] {
  return [...view.all("ClusterIssuer"), ...view.all("Issuer")]
    .filter(
      (issuer) =>
        text(issuer.raw, "spec", "ca", "secretName") === secretNameOf(certificate) &&
        (issuer.kind === "ClusterIssuer" || issuer.namespace === certificate.namespace),
    )
    .map(nameOf);
}

function isDefault(use: IssuerUse): boolean {
  return (
    use.target.name === defaultReference.name &&
    use.references.every(({ reference }) => reference.decoded?.fields.name === undefined)
  );
}

function suggest(
  { kind, namespace, name }: NamedIssuer,
  view: View<"ClusterIssuer" | "Issuer">,
): string {
  const clusterIssuers = view.all("ClusterIssuer");
  const issuers = view.all("Issuer");
  const sameKind =
    kind === "ClusterIssuer"
      ? clusterIssuers
      : issuers.filter((issuer) => issuer.namespace === namespace);
  const near = nearest(
    name,
    sameKind.map((issuer) => issuer.name),
  );
  if (near !== undefined) return `; did you mean ${near}?`;
  if (kind === "Issuer" && clusterIssuers.some((issuer) => issuer.name === name))
    return "; there is a ClusterIssuer of that name: did you mean kind: ClusterIssuer?";
  const namespaced = issuers.find((issuer) => issuer.name === name);
  return namespaced ? `; there is an Issuer of that name in namespace ${namespaced.namespace}` : "";
}
