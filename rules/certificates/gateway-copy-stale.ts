import {
  annotationValue,
  at,
  componentOf,
  defineRule,
  environmentVariable,
  ingressLayer,
  list,
  nameOf,
  observed,
  secretNameOf,
  text,
  workingNetwork,
  type KubeObject,
  type MakeFault,
  type Message,
  type View,
} from "../../src/rule/index.ts";

const messages = {
  copyMissing: {
    says: "Secret {secret}, which {ingress} serves, has no copy for Istio's gateway",
    breaks: "the gateway serves no HTTPS for {hosts}",
    fix: "see that net-istio-controller runs and may write Secrets in the gateway's namespace",
  },
  copyStale: {
    says: "{copy}, the copy of Secret {secret} for Istio's gateway, holds another certificate",
    breaks: "the gateway serves the old certificate for {hosts}, until it expires",
    fix: "see that net-istio-controller runs; delete the copy and it makes it again",
  },
  oneMissing: {
    says: "Kourier is to serve one certificate for all from Secret {secret}, which does not exist",
    breaks: "there is no HTTPS listener at all",
    fix: "create the Secret, or take CERTS_SECRET_NAMESPACE and CERTS_SECRET_NAME away",
  },
  oneNotWatched: {
    says: "Kourier serves one certificate for all from Secret {secret}, and does not notice when {certificate} renews it",
    breaks:
      "the old certificate is served until an Ingress changes or the controller restarts, also after it has expired",
    fix: "restart Deployment {controller} after each renewal, or use external-domain-tls instead",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC324",
  id: "gateway-copy-stale",
  summary: "the gateway serves a copy of a certificate that is missing, old, or not watched",
  severity: "warning",
  since: "0.1.0",
  citation:
    "net-istio pkg/reconciler/ingress/resources/secret.go MakeSecrets; net-kourier#1210, #105; net-kourier pkg/generator/caches.go",
  reads: ["config", "KIngress", "Secret", "Certificate", "Deployment"],
  messages,
  *subjects(view) {
    const { serving } = view.environment.namespaces;
    for (const deployment of view.all("Deployment"))
      if (componentOf(deployment, serving) === "ingress controller" && oneSecretOf(deployment))
        yield deployment;
    const ingresses = view.all("KIngress").filter(observed);
    if (ingresses.length === 0) return;
    const network = view.need(workingNetwork(view.fact("config")));
    const configured = network.ingressClass.value;
    for (const ingress of ingresses) {
      const own = annotationValue(ingress, "ingressClass") ?? configured;
      if (ingressLayer(own) === "istio" && list(ingress.raw, "spec", "tls").length > 0)
        yield ingress;
    }
  },
  *check(subject, view, fault) {
    if (subject.kind === "KIngress") yield* copies(subject, view, fault);
    else yield* oneSecret(subject, view, fault);
  },
});

type Say = MakeFault<typeof messages>;

/** net-istio copies each Secret into the namespace of the gateway, with labels that say where it came from. */
function* copies(ingress: KubeObject, view: View<"Secret">, fault: Say) {
  for (const [i, tls] of list(ingress.raw, "spec", "tls").entries()) {
    const name = text(tls, "secretName") ?? "";
    const namespace = text(tls, "secretNamespace") ?? ingress.namespace;
    const hosts = list(tls, "hosts")
      .filter((host) => typeof host === "string")
      .join(", ");
    const origin = view.expect("Secret", namespace, name);
    if (!origin) continue;
    const data = { secret: `${namespace}/${name}`, hosts: hosts || "its hosts" };
    const mine = view.all("Secret").filter((one) => isCopyOf(one, origin));
    if (mine.length === 0) {
      if (!view.complete("Secret"))
        view.notEvaluated("not every Secret is known, so the gateway's copy may not be among them");
      yield fault("copyMissing", at(ingress, ["spec", "tls", i, "secretName"]), {
        ...data,
        ingress: nameOf(ingress),
      });
    }
    for (const copy of mine.filter((one) => certificateIn(one) !== certificateIn(origin)))
      yield fault(
        "copyStale",
        at(copy, ["data", "tls.crt"]),
        { ...data, copy: nameOf(copy) },
        {
          related: [{ place: at(origin, ["data", "tls.crt"]), note: "copied from here" }],
        },
      );
  }
}

function isCopyOf({ labels }: KubeObject, { name, namespace }: KubeObject): boolean {
  return (
    labels.get("networking.internal.knative.dev/originSecretName") === name &&
    labels.get("networking.internal.knative.dev/originSecretNamespace") === namespace
  );
}

function certificateIn(secret: KubeObject): string | undefined {
  return text(secret.raw, "data", "tls.crt") ?? text(secret.raw, "stringData", "tls.crt");
}

/** Kourier's way to serve one certificate for every host. */
function oneSecretOf(deployment: KubeObject) {
  const name = environmentVariable(deployment, "CERTS_SECRET_NAME");
  const namespace = environmentVariable(deployment, "CERTS_SECRET_NAMESPACE");
  return name && namespace ? { name, namespace } : undefined;
}

function* oneSecret(deployment: KubeObject, view: View<"Secret" | "Certificate">, fault: Say) {
  const one = oneSecretOf(deployment);
  if (!one) return;
  const place = at(deployment, ["spec", "template", "spec", "containers", 0, "env"]);
  const secret = `${one.namespace}/${one.name}`;
  const writer = view
    .all("Certificate")
    .find(
      (certificate) =>
        certificate.namespace === one.namespace && secretNameOf(certificate) === one.name,
    );
  if (writer) {
    const data = { secret, certificate: nameOf(writer), controller: deployment.name };
    yield fault("oneNotWatched", place, data);
  } else if (!view.expect("Secret", one.namespace, one.name))
    yield fault("oneMissing", place, { secret });
}
