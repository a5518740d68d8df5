import {
  at,
  defineRule,
  examples,
  observed,
  perObject,
  ownerOf,
  secretNameOf,
  type KubeObject,
  type View,
} from "../../src/rule/index.ts";

const uidLabel = "networking.internal.knative.dev/certificate-uid";

export default defineRule({
  code: "KC320",
  id: "certificate-orphaned",
  summary: "a KCertificate, Certificate or Secret is left over from a Route that is gone",
  severity: "info",
  since: "0.1.0",
  citation:
    "knative/serving#10873; knative/serving pkg/reconciler/route/route.go; cert-manager --enable-certificate-owner-ref (off by default)",
  reads: ["KCertificate", "Certificate", "Secret", "Route", "DomainMapping"],
  messages: {
    kcertificates: {
      says: "{names} in namespace {namespace} {belong} to Routes or DomainMappings that do not exist any more",
      fix: "kubectl -n {namespace} delete certificates.networking.internal.knative.dev {first}",
    },
    certificates: {
      says: "Certificates {names} in namespace {namespace} belong to KCertificates that do not exist any more, and are renewed all the same",
      fix: "kubectl -n {namespace} delete certificates.cert-manager.io {first}",
    },
    secrets: {
      says: "Secrets {names} in namespace {namespace} were written for Knative by Certificates that do not exist any more",
      fix: "kubectl -n {namespace} delete secret {first}: cert-manager leaves a Secret when its Certificate goes",
    },
  },
  *subjects(view) {
    const all = [...view.all("KCertificate"), ...view.all("Certificate"), ...view.all("Secret")];
    const namespaces = new Set(all.filter(isKnatives).map(({ namespace }) => namespace));
    for (const name of namespaces) yield { kind: "Namespace", namespace: "", name };
  },
  *check({ name: namespace }, view, fault) {
    const seen = (kind: "Certificate" | "KCertificate" | "Secret") =>
      view.within(kind, namespace).filter(observed);
    const found = [
      ["kcertificates", seen("KCertificate").filter((one) => withoutAsker(one, view))],
      ["certificates", seen("Certificate").filter((one) => withoutKCertificate(one, view))],
      ["secrets", seen("Secret").filter((one) => withoutWriter(one, view))],
    ] as const;
    for (const [message, orphans] of found) {
      const [first] = orphans;
      if (!first) continue;
      const belong = orphans.length === 1 ? "belongs" : "belong";
      const names = examples(orphans.map(({ name }) => name));
      yield fault(message, at(first, ["metadata", "name"]), {
        names,
        namespace,
        first: first.name,
        belong,
      });
    }
  },
});

const isKnatives = perObject((object) => {
  return (
    object.kind === "KCertificate" ||
    object.labels.has(uidLabel) ||
    ownerOf(object, "networking.internal.knative.dev", "Certificate") !== undefined
  );
});

function withoutAsker(kcertificate: KubeObject, view: View<"Route" | "DomainMapping">): boolean {
  for (const kind of ["Route", "DomainMapping"] as const) {
    const owner = ownerOf(kcertificate, "serving.knative.dev", kind);
    if (owner) return isGone(kind, kcertificate.namespace, owner, view);
  }
  return false;
}

function withoutKCertificate(certificate: KubeObject, view: View<"KCertificate">): boolean {
  const owner = ownerOf(certificate, "networking.internal.knative.dev", "Certificate");
  return owner !== undefined && isGone("KCertificate", certificate.namespace, owner, view);
}

/** Gone, or made again under the same name with another identity. */
function isGone<Kind extends "Route" | "DomainMapping" | "KCertificate">(
  kind: Kind,
  namespace: string,
  owner: { readonly name: string; readonly uid: string | undefined },
  view: View<Kind>,
): boolean {
  const found = view.expect(kind, namespace, owner.name);
  return !found || (owner.uid !== undefined && found.uid !== undefined && found.uid !== owner.uid);
}

function withoutWriter(secret: KubeObject, view: View<"Certificate">): boolean {
  if (!secret.labels.has(uidLabel)) return false;
  const writer = view
    .within("Certificate", secret.namespace)
    .some((one) => secretNameOf(one) === secret.name);
  if (!writer && !view.complete("Certificate", secret.namespace))
    view.notEvaluated(
      "not every Certificate is known, so the one that writes a Secret may be missing",
    );
  return !writer;
}
