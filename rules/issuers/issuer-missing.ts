import {
  defaultReference,
  defineRule,
  isOwnGroup,
  nearest,
  placesOf,
  referencesTo,
  severityByUse,
  topicsOf,
  type IssuerUse,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC201",
  id: "issuer-missing",
  summary: "config-certmanager names a ClusterIssuer that does not exist",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/certificate/config/cert_manager.go; cert-manager pkg/controller/certificaterequests/sync.go",
  reads: ["issuerUses", "ClusterIssuer", "Issuer"],
  follows: ["KC106"],
  messages: {
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
  },
  *subjects(view) {
    for (const use of view.need(view.fact("issuerUses"))) {
      const { kind, group, name } = use.target;
      if (kind === "ClusterIssuer" && isOwnGroup(group)) yield { kind, namespace: "", name, use };
    }
  },
  *check({ name, use }, view, fault) {
    if (view.lookup("ClusterIssuer", "", name).state === "assumed") return;
    if (view.expect("ClusterIssuer", "", name)) return;
    const { place, related } = placesOf(use, "name");
    const extra = { related, severity: severityByUse(use, "error"), dependsOn: topicsOf(use) };
    const references = referencesTo(use);
    if (isDefault(use)) yield fault("defaultMissing", place, { references }, extra);
    else {
      const suggestion = suggest(name, view.all("ClusterIssuer"), view.all("Issuer"));
      yield fault("missing", place, { name, references, suggestion }, extra);
    }
  },
});

function isDefault(use: IssuerUse): boolean {
  return (
    use.target.name === defaultReference.name &&
    use.references.every(({ reference }) => reference.decoded?.fields.name === undefined)
  );
}

interface Named {
  readonly namespace: string;
  readonly name: string;
}

function suggest(
  name: string,
  clusterIssuers: readonly Named[],
  issuers: readonly Named[],
): string {
  const near = nearest(
    name,
    clusterIssuers.map((issuer) => issuer.name),
  );
  if (near !== undefined) return `; did you mean ${near}?`;
  const namespaced = issuers.find((issuer) => issuer.name === name);
  return namespaced ? `; there is an Issuer of that name in namespace ${namespaced.namespace}` : "";
}
