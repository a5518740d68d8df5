import { dig, list, text } from "./json.ts";
import type { KubeObject } from "./object.ts";

/** The programs whose Deployments the model knows, by the names that messages use. */
export const componentNames = [
  "cert-manager",
  "cert-manager webhook",
  "cert-manager cainjector",
  "trust-manager",
  "serving controller",
  "serving webhook",
  "activator",
  "autoscaler",
  "ingress controller",
  "ingress gateway",
] as const;
export type ComponentName = (typeof componentNames)[number];

/** Which program a Deployment runs; undefined for those of others. */
export function componentOf(
  deployment: KubeObject,
  servingNamespace: string,
): ComponentName | undefined {
  return (
    ofCertManager(deployment) ?? ofServing(deployment, servingNamespace) ?? ofIngress(deployment)
  );
}

const certManagerParts = [
  ["cert-manager", "controller", "cert-manager-controller"],
  ["webhook", "webhook", "cert-manager-webhook"],
  ["cainjector", "cainjector", "cert-manager-cainjector"],
] as const;

const certManagerNames = {
  controller: "cert-manager",
  webhook: "cert-manager webhook",
  cainjector: "cert-manager cainjector",
} as const satisfies Record<string, ComponentName>;

/** By the labels that charts and manifests set (deploy/charts/cert-manager/templates); where they are missing, by image. */
function ofCertManager(deployment: KubeObject): ComponentName | undefined {
  const name = deployment.labels.get("app.kubernetes.io/name");
  const component = deployment.labels.get("app.kubernetes.io/component");
  const image = imageOf(deployment);
  const part = certManagerParts.find(
    ([itsName, itsComponent, itsImage]) =>
      (name === itsName &&
        component === itsComponent &&
        (itsName === "cert-manager" || speaksOf(deployment, image))) ||
      image.endsWith(`/${itsImage}`),
  );
  if (part) return certManagerNames[part[1]];
  const trusts =
    name === "trust-manager" ||
    name === "cert-manager-trust-manager" ||
    image.endsWith("/trust-manager");
  return trusts ? "trust-manager" : undefined;
}

/** "webhook" and "cainjector" alone could be anybody's. */
function speaksOf(deployment: KubeObject, image: string): boolean {
  const instance = deployment.labels.get("app.kubernetes.io/instance") ?? "";
  return [deployment.name, instance, image].some((one) => one.includes("cert-manager"));
}

const servingNames: Readonly<Record<string, ComponentName>> = {
  controller: "serving controller",
  webhook: "serving webhook",
  activator: "activator",
  autoscaler: "autoscaler",
};

function ofServing(deployment: KubeObject, namespace: string): ComponentName | undefined {
  if (deployment.namespace !== namespace || !Object.hasOwn(servingNames, deployment.name))
    return undefined;
  return servingNames[deployment.name];
}

/** Kourier, Istio, Contour and Gateway API label what they bring; only Kourier brings a gateway of its own. */
function ofIngress(deployment: KubeObject): ComponentName | undefined {
  const provider = deployment.labels.get("networking.knative.dev/ingress-provider");
  const controller = /^net-[a-z-]+-controller$/.test(deployment.name);
  if (controller && (provider !== undefined || speaksOfKnative(deployment)))
    return "ingress controller";
  return provider !== undefined && deployment.name.endsWith("-gateway")
    ? "ingress gateway"
    : undefined;
}

function speaksOfKnative(deployment: KubeObject): boolean {
  return deployment.labels.get("app.kubernetes.io/name") === "knative-serving";
}

/** The Deployment of cert-manager's controller. */
export function isCertManagerController(deployment: KubeObject): boolean {
  return ofCertManager(deployment) === "cert-manager";
}

export function isTrustManager(deployment: KubeObject): boolean {
  return ofCertManager(deployment) === "trust-manager";
}

/** The image of the first container, without tag and digest. */
function imageOf(deployment: KubeObject): string {
  return fullImageOf(deployment)
    .replace(/@.*$/, "")
    .replace(/:[^:/]*$/, "");
}

export function fullImageOf(deployment: KubeObject): string {
  const [container] = list(dig(deployment.raw, "spec", "template", "spec"), "containers");
  return text(container, "image") ?? "";
}
