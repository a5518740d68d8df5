/** A change of the healthy example that no rule of today reports, and why. */
interface Harmless {
  readonly path: string;
  readonly covers: (what: "deleted" | "broken", path: string) => boolean;
}

function entry(path: string, _why: string, what?: "deleted" | "broken"): Harmless {
  const literal = path
    .split("*")
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  const pattern = new RegExp(`^${literal.join(".*")}$`);
  return {
    path,
    covers: (did, where) => (what === undefined || what === did) && pattern.test(where),
  };
}

const refused = "the API server or Knative's webhook refuses it, or it runs: TLS is the same";

export const harmless: readonly Harmless[] = [
  entry(
    "ConfigMap/config-domain#/data/bank.example.net",
    "routes of team bank take the other domain",
    "deleted",
  ),
  entry(
    "ConfigMap/config-domain#/data/bank.example.net|team",
    "another team's routes take that domain",
    "broken",
  ),
  entry(
    "ConfigMap/config-certmanager#/metadata/labels/networking.knative.dev~1certificate-provider",
    "nothing in Knative reads this label since 1.15",
  ),
  entry(
    "ConfigMap/config-certmanager#/data/*|kind",
    "Knative decodes the reference on top of kind: ClusterIssuer: it means the same",
    "deleted",
  ),
  entry(
    "ClusterIssuer/letsencrypt#/spec/acme/email",
    "an ACME account needs no address",
    "deleted",
  ),
  entry(
    "ClusterIssuer/letsencrypt#/spec/acme/privateKeySecretRef/name",
    "cert-manager makes the Secret under any name",
    "broken",
  ),
  entry(
    "ClusterIssuer/letsencrypt#/spec/acme/solvers/0/dns01/cloudDNS/project",
    "which projects there are only Google Cloud knows",
    "broken",
  ),
  entry(
    "Certificate/knative-ca#/spec/commonName",
    "any name does for a CA; a new one at rotation is KC607",
    "broken",
  ),
  entry(
    "Certificate/knative-ca#/spec/renewBefore",
    "renewed after two thirds of ten years: earlier than it was",
    "deleted",
  ),
  entry(
    "Certificate/knative-ca#/spec/privateKey/size",
    "KC323: the default, 256 bits, is what stood there",
    "deleted",
  ),
  entry("Namespace/*#", "a namespace without its object is seen by what lies in it", "deleted"),
  entry(
    "Namespace/*#/metadata/name",
    "a namespace more, and one seen only by what lies in it",
    "broken",
  ),
  entry(
    "Namespace/shop#/metadata/labels",
    "no namespace selector is set that reads it (KC118, KC514)",
  ),
  entry(
    "Namespace/shop#/metadata/labels/team",
    "no namespace selector is set that reads it (KC118, KC514)",
  ),
  entry("Service/*#", "a KService less: nothing is asked for it", "deleted"),
  entry("Service/*#/metadata/name", "another name, as good as the first", "broken"),
  entry("Service/*#/metadata/namespace", "lies in another namespace, and works there"),
  entry("Service/*#/spec", refused),
  entry("Service/*#/spec/template*", refused),
  entry(
    "Service/hello#/spec/traffic",
    `${refused}; once certificates are issued, KC303 compares the tags with them`,
  ),
  entry(
    "Service/hello#/spec/traffic/*",
    `${refused}; once certificates are issued, KC303 compares the tags with them`,
  ),
  entry(
    "Service/ledger#/metadata/labels",
    "public now: its names change; once certificates are issued, KC307 compares them",
    "deleted",
  ),
  entry("Service/ledger#/metadata/labels", refused, "broken"),
  entry(
    "Service/ledger#/metadata/labels/networking.knative.dev~1visibility",
    "public now: its names change; once certificates are issued, KC307 compares them",
    "deleted",
  ),
  entry(
    "DomainMapping/shop.example.org#",
    "a DomainMapping less: nothing is asked for it",
    "deleted",
  ),
  entry("DomainMapping/shop.example.org#/spec", `${refused}; its certificate is the same`),
  entry(
    "DomainMapping/shop.example.org#/spec/ref*",
    "where it leads does not change its certificate",
  ),
  entry("Bundle/knative-trust#*", "KC501, KC503, KC512 and KC514: what trust rests on"),
];
