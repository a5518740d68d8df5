import { metadata, type App } from "./app.ts";
import { hex, indent, sentence } from "./prose.ts";
import type { Random } from "../../support/random.ts";

/** A ConfigMap with a properties file. */
export function settings(random: Random, app: App): string {
  const lines = Array.from(
    { length: random.around(22, 0.8) },
    (_, i) => `${app.name}.section.${String(i)}.option=${sentence(random, random.int(1, 6))}`,
  );
  return `apiVersion: v1
kind: ConfigMap
${metadata({ ...app, name: `${app.name}-config` })}data:
  LOG_LEVEL: info
  FEATURE_FLAGS: "${sentence(random, 5)}"
  application.properties: |
${indent(`# ${sentence(random, 9)}\n${lines.join("\n")}\n`, 4)}`;
}

/** A ConfigMap with a dashboard: JSON in a block scalar, tens of kilobytes long. */
export function dashboard(random: Random, app: App): string {
  const panels = Array.from({ length: random.int(25, 70) }, (_, i) => ({
    id: i,
    title: sentence(random, 4),
    type: random.pick(["timeseries", "stat", "table"]),
    gridPos: { h: 8, w: 12, x: (i % 2) * 12, y: Math.floor(i / 2) * 8 },
    targets: [
      {
        expr: `sum(rate(http_requests_total{job="${app.name}", code=~"5.."}[5m])) by (pod)`,
        legendFormat: "{{pod}}",
        refId: hex(random, 8),
      },
    ],
    description: sentence(random, 20),
  }));
  const json = JSON.stringify({ title: app.name, uid: hex(random, 12), panels }, undefined, 2);
  return `apiVersion: v1
kind: ConfigMap
${metadata({ ...app, name: `${app.name}-dashboard` })}data:
  dashboard.json: |-
${indent(json, 4)}
`;
}

/** A CustomResourceDefinition of another product, long because of its descriptions. */
export function definition(random: Random, app: App): string {
  const kind = `Widget${hex(random, 6)}`;
  const plural = `${kind.toLowerCase()}s`;
  const fields = Array.from({ length: random.around(45, 0.8) }, (_, i) => field(random, i));
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${plural}.${app.team}.example.com
  annotations:
    controller-gen.kubebuilder.io/version: v0.16.5
spec:
  group: ${app.team}.example.com
  names:
    kind: ${kind}
    plural: ${plural}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
${fields.join("")}`;
}

function field(random: Random, index: number): string {
  const text = Array.from({ length: random.int(1, 9) }, () => sentence(random, 11)).join("\n");
  return `                field${String(index)}:
                  description: |-
${indent(text, 20)}
                  type: ${random.pick(["string", "integer", "boolean"])}
                  x-kubernetes-validations:
                    - message: ${sentence(random, 6).slice(0, -1)}
                      rule: self == oldSelf
`;
}
