/** Manifests as people keep them in repositories, one function a kind, for tests that judge a whole input. */

export function join(...texts: readonly string[]): string {
  return texts.join("---\n");
}

function configMap(name: string, data: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: knative-serving
  labels: {app.kubernetes.io/name: knative-serving, app.kubernetes.io/component: controller}
data:
${data}
`;
}

/** config-network for Kourier, with further lines. */
export function network(...lines: readonly string[]): string {
  const own = lines.some((line) => line.startsWith("ingress-class"));
  const all = own ? lines : ["ingress-class: kourier.ingress.networking.knative.dev", ...lines];
  return configMap("config-network", all.map((line) => `  ${line}`).join("\n"));
}

/** config-certmanager: by reference, the fields of the issuer. */
export function references(of: Readonly<Record<string, string>>): string {
  const lines = Object.entries(of).map(([key, fields]) => `  ${key}: |\n    {${fields}}`);
  return configMap("config-certmanager", lines.join("\n"));
}

/** config-domain with domains for every route. */
export function domains(...names: readonly string[]): string {
  return configMap("config-domain", names.map((name) => `  ${name}: ""`).join("\n"));
}

export function service(namespace: string, name: string): string {
  return `apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {template: {spec: {containers: [{image: example.com/${name}}]}}}
`;
}

/** An issuer, with its spec in YAML flow style; in a namespace it is an Issuer. */
export function issuer(name: string, spec: string, inNamespace?: string): string {
  const kind = inNamespace === undefined ? "ClusterIssuer" : "Issuer";
  const where = inNamespace === undefined ? "" : `, namespace: ${inNamespace}`;
  return `apiVersion: cert-manager.io/v1
kind: ${kind}
metadata: {name: ${name}${where}}
spec: {${spec}}
`;
}

/** Let's Encrypt, with solvers in YAML flow style. */
export function acme(name: string, ...solvers: readonly string[]): string {
  return issuer(
    name,
    `acme: {server: "https://acme-v02.api.letsencrypt.org/directory", privateKeySecretRef: {name: account}, solvers: [${solvers.join(", ")}]}`,
  );
}

/** A Certificate that makes a CA for ten years, with further fields in YAML flow style. */
export function caCertificate(
  inNamespace: string,
  name: string,
  issuerRef: string,
  further = "privateKey: {rotationPolicy: Never}",
): string {
  return `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: ${name}, namespace: ${inNamespace}}
spec: {isCA: true, commonName: ${name}, secretName: ${name}, duration: 87600h, renewBefore: 8760h, ${further}, issuerRef: {${issuerRef}}}
`;
}
