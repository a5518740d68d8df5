import { parse } from "yaml";

const keys: Readonly<Record<string, string>> = {
  "external-domain": "issuerRef",
  "cluster-local-domain": "clusterLocalIssuerRef",
  "system-internal": "systemInternalIssuerRef",
};

/** The issuer that config-certmanager gives to a type of certificate, with Knative's default where it gives none. */
export function issuerReference(
  data: Readonly<Record<string, string>>,
  type = "external-domain",
): { readonly kind: string; readonly name: string } {
  const text = data[keys[type] ?? "issuerRef"];
  if (text === undefined) return { kind: "ClusterIssuer", name: "knative-selfsigned-issuer" };
  return parse(text) as { kind: string; name: string };
}
