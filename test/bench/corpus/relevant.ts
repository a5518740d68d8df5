import { metadata, type App } from "./app.ts";
import { hex } from "./prose.ts";
import type { Random } from "../../support/random.ts";

/** The configuration of one installation; the other relevant files are for it. */
export const installation: Readonly<Record<string, string>> = {
  "config-certmanager": `  issuerRef: |
    kind: ClusterIssuer
    name: letsencrypt
  clusterLocalIssuerRef: |
    kind: ClusterIssuer
    name: internal-ca
  systemInternalIssuerRef: |
    kind: ClusterIssuer
    name: internal-ca
`,
  "config-network": `  external-domain-tls: Enabled
  cluster-local-domain-tls: Enabled
  system-internal-tls: Enabled
  ingress-class: kourier.ingress.networking.knative.dev
`,
  "config-domain": `  apps.example.com: ""
`,
};

export function configuration(name: string, data: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: knative-serving
  labels:
    app.kubernetes.io/name: knative-serving
    app.kubernetes.io/component: ${name === "config-certmanager" ? "net-certmanager" : "controller"}
    app.kubernetes.io/version: "1.16.0"
data:
${data}`;
}

export const issuers = `apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata:
  name: internal-ca
spec:
  ca:
    secretName: internal-ca
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata:
  name: letsencrypt
spec:
  acme:
    server: https://acme-v02.api.letsencrypt.org/directory
    privateKeySecretRef:
      name: letsencrypt-account
    solvers:
      - http01:
          ingress:
            ingressClassName: kourier
`;

export function issuer(random: Random, app: App): string {
  return `apiVersion: cert-manager.io/v1
kind: Issuer
${metadata(app)}spec:
  ${random.chance(0.7) ? `ca:\n    secretName: ${app.name}-ca` : "selfSigned: {}"}
`;
}

/** One of twenty has a duration that Go cannot read: a fault to find and to show. */
export function certificate(random: Random, app: App): string {
  return `apiVersion: cert-manager.io/v1
kind: Certificate
${metadata(app)}spec:
  secretName: ${app.name}-tls
  duration: ${random.chance(0.05) ? "90d" : "2160h"}
  renewBefore: ${String(random.int(10, 30) * 24)}h
  privateKey:
    algorithm: ECDSA
    size: 256
  dnsNames:
    - ${app.name}.apps.example.com
    - ${app.name}.${app.namespace}.svc
  issuerRef:
    kind: ClusterIssuer
    name: internal-ca
    group: cert-manager.io
`;
}

export function knativeService(random: Random, app: App): string {
  const variables = Array.from(
    { length: random.around(6, 0.6) },
    (_, i) =>
      `            - name: SETTING_${String(i)}\n              value: "${hex(random, 12)}"\n`,
  );
  return `apiVersion: serving.knative.dev/v1
kind: Service
${metadata(app, visibility(random))}spec:
  template:
    metadata:
      annotations:
        autoscaling.knative.dev/min-scale: "${String(random.int(0, 2))}"
        autoscaling.knative.dev/max-scale: "${String(random.int(3, 40))}"
    spec:
      containerConcurrency: ${String(random.int(0, 100))}
      containers:
        - name: user-container
          image: registry.example.com/${app.team}/${app.name}@sha256:${hex(random, 64)}
          env:
${variables.join("") || "            []\n"}          resources:
            limits: { cpu: "1", memory: 512Mi }
`;
}

function visibility(random: Random): string {
  return random.chance(0.4) ? "    networking.knative.dev/visibility: cluster-local\n" : "";
}

/** No part of Knative, but they speak of certificates or could hold one, so that they have to be parsed. */
export function nearMiss(random: Random, app: App): string {
  if (random.chance(0.5)) {
    return `apiVersion: v1
kind: Secret
${metadata(app)}type: Opaque
data:
  password: ${Buffer.from(hex(random, 16)).toString("base64")}
`;
  }
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
${metadata(app, "  annotations:\n    cert-manager.io/cluster-issuer: letsencrypt\n")}spec:
  ingressClassName: nginx
  tls:
    - hosts: [${app.name}.example.com]
      secretName: ${app.name}-tls
  rules:
    - host: ${app.name}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: ${app.name}, port: { name: http } } }
`;
}
