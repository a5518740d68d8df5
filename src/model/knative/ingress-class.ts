const suffix = ".ingress.networking.knative.dev";

/** An ingress layer that Knative's own projects ship. */
export type IngressLayer = "istio" | "kourier" | "contour" | "gateway-api";

export function ingressLayer(ingressClass: string): IngressLayer | undefined {
  if (!ingressClass.endsWith(suffix)) return undefined;
  const name = ingressClass.slice(0, -suffix.length);
  return name === "istio" || name === "kourier" || name === "contour" || name === "gateway-api"
    ? name
    : undefined;
}

export type TlsFeature = "external-domain-tls" | "cluster-local-domain-tls" | "system-internal-tls";

/**
 * Whether an ingress layer carries a feature, in the releases since Serving 1.15.
 * Sources: net-istio #1344 (system-internal-tls removed), net-gateway-api pkg/reconciler/ingress/ingress.go
 * reconcileIngress (no TLS on internal listeners), serving test/e2e/{systeminternaltls,clusterlocaldomaintls}.
 */
export function supports(layer: IngressLayer, feature: TlsFeature): boolean {
  if (feature === "external-domain-tls" || layer === "kourier" || layer === "contour") return true;
  return layer === "istio" && feature === "cluster-local-domain-tls";
}
