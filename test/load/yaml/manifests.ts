/** Texts to start from when texts are made at random: manifests as users write them, and YAML's odder corners. */
export const manifests: readonly string[] = [
  `# this issuer is used by cert-manager to sign all certificates
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata:
  name: cluster-selfsigned-issuer
spec:
  selfSigned: {}
`,
  `apiVersion: cert-manager.io/v1
kind: Certificate # this creates a CA certificate, stored in the secret knative-selfsigned-ca
metadata:
  name: knative-selfsigned-ca
  namespace: cert-manager #  If you want to use it as a ClusterIssuer the secret must be here.
spec:
  secretName: knative-selfsigned-ca
  commonName: knative.dev
  usages:
    - server auth
  isCA: true
  issuerRef:
    kind: ClusterIssuer
    name: cluster-selfsigned-issuer
`,
  `apiVersion: v1
kind: ConfigMap
metadata:
  name: config-certmanager
  namespace: knative-serving
  labels:
    networking.knative.dev/certificate-provider: cert-manager
data:
  issuerRef: |
    kind: ClusterIssuer
    name: knative-selfsigned-issuer
  clusterLocalIssuerRef: |
    kind: ClusterIssuer
    name: knative-selfsigned-issuer
  systemInternalIssuerRef: |-
    kind: ClusterIssuer
    name: knative-selfsigned-issuer
`,
  `apiVersion: v1
kind: ConfigMap
metadata:
  name: config-network
  namespace: knative-serving
data:
  external-domain-tls: "Enabled"
  cluster-local-domain-tls: 'Enabled'
  domain-template: "{{.Name}}.{{.Namespace}}.{{.Domain}}"
`,
  `apiVersion: v1
kind: ConfigMap
metadata:
  name: knative-bundle
  labels: {networking.knative.dev/trust-bundle: "true", tier: web}
data:
  cert.pem: |
    -----BEGIN CERTIFICATE-----
    MIIDDTCCAfWgAwIBAgIQMQuip05h7NLQq2TB+j9ZmTANBgkqhkiG9w0BAQsFADAW
    MRQwEgYDVQQDEwtrbmF0aXZlLmRldjAeFw0yMzExMjIwOTAwNDhaFw0yNDAyMjAw
    -----END CERTIFICATE-----
`,
  `a: &x {b: 1, "c": [1, 2, 'x y']}
d: *x
e:
  <<: *x
  f: |
    line 1
      line 2

    line 3
  g: >-
    folded
    text

    more
h: "double
  quoted \\u0041"
i: 'it''s'
`,
  `- a
- b: 1
  c: 2
-
  - x
  - y
- "k": v
  ? complex
  : value
- !!str 1
- plain
  multi
  line
# comment
- [a, b: c, {d: e}]
`,
  `key: value # comment
"quoted key": 'single'
list:
- one
- two
map:
    deep:
        deeper: true
empty:
tilde: ~
url: http://x.y/z?a=b#c
time: 12:30:45
`,
  `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x", "labels": {"a": "b"}},
 "data": {"k": "a\\nb", "n": 1, "l": [1, true, null]}}
`,
];
