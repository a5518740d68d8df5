import { at, defineRule, issuerType, nameOf, text, usedIssuers } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC219",
  id: "vault-path-not-signing",
  summary: "a Vault issuer's path makes certificates of its own instead of signing requests",
  severity: "warning",
  since: "0.1.0",
  citation: "cert-manager internal/vault/vault.go; cert-manager#5087; cert-manager#7769",
  reads: ["issuerUses", "ClusterIssuer", "Issuer"],
  messages: {
    path: {
      says: '{issuer} uses the Vault path "{path}", which does not contain sign/ or sign-verbatim/',
      breaks:
        "Vault ignores the request: names are missing from the certificate, or its key is not the one cert-manager made",
      fix: "use the sign endpoint of the role, such as pki/sign/ROLE",
    },
  },
  subjects: usedIssuers,
  *check({ kind, namespace, name }, view, fault) {
    const issuer = view.expect(kind, namespace, name);
    if (!issuer || issuerType(issuer) !== "vault") return;
    const path = text(issuer.raw, "spec", "vault", "path") ?? "";
    if (path === "" || /\/(sign|sign-verbatim)(\/|$)/.test(path)) return;
    yield fault("path", at(issuer, ["spec", "vault", "path"]), { issuer: nameOf(issuer), path });
  },
});
