import { annotationValue } from "../model/knative/annotations.ts";
import type { Source } from "../model/fact.ts";
import { ingressLayer, type IngressLayer } from "../model/knative/ingress-class.ts";
import type { KubeObject } from "../model/object.ts";
import type { Component, Party } from "./handshake.ts";

const gatewayOf = {
  kourier: "kourier-gateway",
  contour: "contour-gateway",
  istio: "istio-gateway",
  "gateway-api": "gateway-api-gateway",
} as const satisfies Record<IngressLayer, Component>;

/** Where plain installations run their gateways; Kourier's may be configured. */
function namespaceOf(source: Source, layer: IngressLayer): string {
  switch (layer) {
    case "kourier":
      return source.environment.namespaces.kourier;
    case "contour":
      return "contour-external";
    case "istio":
      return "istio-system";
    case "gateway-api":
      return "";
  }
}

export function gateway(source: Source, layer: IngressLayer): Party {
  return { component: gatewayOf[layer], namespace: namespaceOf(source, layer) };
}

export function activator(source: Source): Party {
  return { component: "activator", namespace: source.environment.namespaces.serving };
}

/**
 * The ingress layer that serves a Route, KService or DomainMapping, by its own annotation, else as configured;
 * undefined for one that is not Knative's.
 */
export function layerOf(object: KubeObject, configured: string): IngressLayer | undefined {
  return ingressLayer(annotationValue(object, "ingressClass") ?? configured);
}
/**
 * Where net-kourier's controller runs: it reads trust bundles and routing-serving-certs in its own namespace
 * (net-kourier pkg/reconciler/ingress/controller.go), which OpenShift separates from Serving's.
 */
export function kourierControllerNamespace(source: Source): string {
  return kourierController(source)?.namespace ?? source.environment.namespaces.serving;
}

export function kourierController(source: Source): KubeObject | undefined {
  return source
    .all("Deployment")
    .find(({ name }) => name === "net-kourier-controller" || name === "3scale-kourier-control");
}
