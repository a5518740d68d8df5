import {
  at,
  defineRule,
  dig,
  examples,
  list,
  nameOf,
  observed,
  secretNameOf,
  text,
  type KubeObject,
} from "../../src/rule/index.ts";

const breaks =
  "each overwrites what the other wrote: the certificate is issued again and again, and names and CA change with it";

export default defineRule({
  code: "KC310",
  id: "secret-written-twice",
  summary: "two writers own one Secret",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager internal/controller/certificates/policies/checks.go, internal/controller/certificates/certificates.go CertificateOwnsSecret",
  reads: ["Certificate", "Secret"],
  follows: ["KC311"],
  messages: {
    twice: {
      says: "{certificates} write one Secret, {secret}",
      breaks:
        "since cert-manager 1.14 only the first that got it is issued, the others wait for ever; before, they issued in turn without end",
      fix: "give each Certificate a secretName of its own",
    },
    foreign: {
      says: "{secret}, which {certificate} writes, also comes from {owner}",
      breaks,
      fix: "let one of them write it",
    },
    manifest: {
      says: "{secret}, which {certificate} writes, is also written as a manifest with a certificate in it",
      breaks,
      fix: "take the Secret out of the manifests, or bring the certificate that way and drop the Certificate",
    },
  },
  *subjects(view) {
    const writers = new Map<string, KubeObject[]>();
    for (const certificate of view.all("Certificate")) {
      const name = secretNameOf(certificate);
      const key = `${certificate.namespace}/${name}`;
      if (name !== "") writers.set(key, [...(writers.get(key) ?? []), certificate]);
    }
    for (const certificates of writers.values()) {
      const [first] = certificates;
      if (!first) continue;
      const { namespace } = first;
      yield { kind: "Secret", namespace, name: secretNameOf(first), certificates };
    }
  },
  *check(subject, view, fault) {
    const { certificates } = subject;
    const [first, second, ...others] = certificates;
    const secret = nameOf(subject);
    if (second)
      yield fault(
        "twice",
        at(second, ["spec", "secretName"]),
        { certificates: examples(certificates.map(nameOf)), secret },
        {
          related: [first, ...others].flatMap((one) =>
            one
              ? [{ place: at(one, ["spec", "secretName"]), note: `${nameOf(one)} writes it` }]
              : [],
          ),
        },
      );
    const found = view.find("Secret", subject.namespace, subject.name);
    if (!found || !first) return;
    const certificate = nameOf(first);
    const related = [
      { place: at(first, ["spec", "secretName"]), note: `${certificate} writes it` },
    ];
    const owner = foreignOwner(found);
    if (owner)
      yield fault("foreign", owner.place, { secret, certificate, owner: owner.name }, { related });
    else if (isManifest(found))
      yield fault(
        "manifest",
        at(found, ["data"], "key"),
        { secret, certificate },
        {
          related,
          severity: "warning",
        },
      );
  },
});

const reflects = "reflector.v1.k8s.emberstack.com/reflects";

/** A controller other than cert-manager that makes the Secret: one that owns it, or a replicator. */
function foreignOwner(secret: KubeObject) {
  const owners = list(secret.raw, "metadata", "ownerReferences");
  for (const [i, owner] of owners.entries()) {
    const version = text(owner, "apiVersion") ?? "";
    if (dig(owner, "controller") !== true || version.startsWith("cert-manager.io/")) continue;
    const name = `${text(owner, "kind") ?? "an object"} ${text(owner, "name") ?? ""}`.trim();
    return { name, place: at(secret, ["metadata", "ownerReferences", i]) };
  }
  const source = secret.annotations.get(reflects);
  if (source === undefined) return undefined;
  return {
    name: `a replicator that copies ${source}`,
    place: at(secret, ["metadata", "annotations", reflects]),
  };
}

/** Written by hand, with a certificate; cert-manager marks what it wrote, and a dump of that is no manifest. */
function isManifest(secret: KubeObject): boolean {
  const certificate =
    text(secret.raw, "data", "tls.crt") ?? text(secret.raw, "stringData", "tls.crt");
  return (
    !observed(secret) &&
    Boolean(certificate) &&
    !secret.annotations.has("cert-manager.io/certificate-name")
  );
}
