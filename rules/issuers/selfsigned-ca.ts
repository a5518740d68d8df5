import {
  at,
  defineRule,
  isCa,
  issuerOf,
  issuerType,
  nameOf,
  secretNameOf,
  text,
  usedIssuers,
  type KubeObject,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC206",
  id: "selfsigned-ca",
  summary: "Knative's certificates come from a CA that signed itself",
  severity: "info",
  since: "0.1.0",
  citation:
    "https://knative.dev/docs/serving/encryption/configure-certmanager-integration/#issuer-configuration",
  reads: ["issuerUses", "resourceNamespace", "ClusterIssuer", "Issuer", "Certificate"],
  messages: {
    selfSigned: {
      says: "{issuer} signs with the CA of {certificate}, which {root} signed by itself",
      breaks:
        "the documentation warns of it for production: when this CA is replaced, everything that trusts it must be told beforehand",
      fix: "nothing, if it is a choice made on purpose; have the CA in a trust bundle before its first rotation",
    },
  },
  subjects: usedIssuers,
  *check({ kind, namespace, name }, view, fault) {
    const issuer = view.expect(kind, namespace, name);
    if (!issuer || issuerType(issuer) !== "ca") return;
    const secret = text(issuer.raw, "spec", "ca", "secretName");
    const where =
      issuer.kind === "ClusterIssuer" ? view.fact("resourceNamespace").name : issuer.namespace;
    const certificate = view
      .all("Certificate")
      .find((one) => one.namespace === where && isCa(one) && secretNameOf(one) === secret);
    const root = certificate && signer(certificate, view);
    if (!certificate || !root) return;
    const data = { issuer: nameOf(issuer), certificate: nameOf(certificate), root: nameOf(root) };
    const related = [
      { place: at(certificate, ["spec", "issuerRef"]), note: `${nameOf(root)} signs it` },
    ];
    yield fault("selfSigned", at(issuer, ["spec", "ca", "secretName"]), data, { related });
  },
});

/** The issuer of the CA certificate, where that is a selfSigned one. */
function signer(
  certificate: KubeObject,
  view: View<"ClusterIssuer" | "Issuer">,
): KubeObject | undefined {
  const { kind, name } = issuerOf(certificate);
  const issuer =
    kind === "ClusterIssuer"
      ? view.find("ClusterIssuer", "", name)
      : view.find("Issuer", certificate.namespace, name);
  return issuer && issuerType(issuer) === "selfSigned" ? issuer : undefined;
}
