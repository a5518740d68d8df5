import type { Environment } from "../../model/environment.ts";
import { isObject, list, record, text, type Json, type JsonObject } from "../../model/json.ts";
import { everyKind, kinds, type Kind } from "../../model/kinds.ts";
import type { KubeObject } from "../../model/object.ts";
import type { Query } from "./list.ts";

/** What is read of a kind: lists, and single objects of which only the metadata is listed. */
export interface Plan {
  readonly lists: readonly Query[];
  readonly byName?: ByName;
}

/** Names that objects read before mention. */
export type Names = Pick<ReadonlySet<string>, "has">;

interface ByName {
  /** Lists metadata only. */
  readonly query: Query;
  /** True for what must be read whole. */
  readonly wanted: (metadata: JsonObject, mentioned: Names) => boolean;
  readonly why: string;
}

/** Secrets that are no certificates by their type; the first one is Helm's, and large. */
const otherSecrets = [
  "helm.sh/release.v1",
  "kubernetes.io/service-account-token",
  "kubernetes.io/dockerconfigjson",
  "kubernetes.io/dockercfg",
  "kubernetes.io/basic-auth",
  "kubernetes.io/ssh-auth",
  "bootstrap.kubernetes.io/token",
];
/** Copies that platforms put into every namespace. */
const copiedConfigMaps = ["kube-root-ca.crt", "openshift-service-ca.crt", "istio-ca-root-cert"];

const ourGroups: ReadonlySet<string> = new Set(everyKind.map((kind) => kinds[kind].group));
const ours = /(?:^|\.)(?:cert-manager\.io|knative\.dev)(?:\/|$)/;

/** Namespaces in which components live, whose settings and Secrets matter whatever they are called. */
export function componentNamespaces({ namespaces }: Environment): readonly string[] {
  const { serving, eventing, kourier, clusterResource, trust } = namespaces;
  return [
    ...new Set([
      serving,
      eventing,
      kourier,
      clusterResource ?? "cert-manager",
      trust ?? "cert-manager",
    ]),
  ].toSorted();
}

/** Everything of a kind, unless it is known which part of it can matter. */
export function planFor(kind: Kind, environment: Environment): Plan {
  switch (kind) {
    case "ConfigMap":
      return { lists: [{ fieldSelector: not("metadata.name", copiedConfigMaps) }] };
    case "CustomResourceDefinition":
      return {
        lists: [],
        byName: {
          query: { metadataOnly: true },
          wanted: (metadata) =>
            ourGroups.has((text(metadata, "name") ?? "").replace(/^[^.]*\./, "")),
          why: "only definitions of groups that matter here are read",
        },
      };
    case "Deployment":
      return { lists: [{ labelSelector: "!serving.knative.dev/revision" }] };
    case "Pod":
      return {
        lists: [
          {
            namespace: environment.namespaces.serving,
            labelSelector: "!serving.knative.dev/revision",
          },
        ],
      };
    case "Secret":
      return secrets(new Set(componentNamespaces(environment)));
    default:
      return { lists: [{}] };
  }
}

/** Of Secrets without the type of a certificate only those are read that something names, or that a component owns. */
function secrets(components: ReadonlySet<string>): Plan {
  return {
    lists: [{ fieldSelector: "type=kubernetes.io/tls" }],
    byName: {
      query: {
        fieldSelector: not("type", ["kubernetes.io/tls", ...otherSecrets]),
        metadataOnly: true,
      },
      wanted: (metadata, mentioned) =>
        components.has(text(metadata, "namespace") ?? "") ||
        mentioned.has(text(metadata, "name") ?? "") ||
        ["labels", "annotations"].some((field) =>
          Object.keys(record(metadata, field)).some((key) => ours.test(key)),
        ),
      why: "a Secret that has not the type of a certificate, and that nothing names, is not read",
    },
  };
}

function not(field: string, values: readonly string[]): string {
  return values.map((value) => `${field}!=${value}`).join(",");
}

/** Kinds whose spec can name a Secret. */
const naming: ReadonlySet<string> = new Set<Kind>([
  "Bundle",
  "Certificate",
  "ClusterBundle",
  "ClusterIssuer",
  "DomainMapping",
  "Issuer",
  "KCertificate",
]);

/** Every text in the spec of what can name a Secret: more than its names, and never less. */
export function mentionedIn(objects: Iterable<KubeObject>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const object of objects) if (naming.has(object.kind)) collect(object.raw["spec"], found);
  return found;
}

function collect(value: Json | undefined, found: Set<string>): void {
  if (typeof value === "string") found.add(value);
  else if (isObject(value)) for (const entry of Object.values(value)) collect(entry, found);
  else for (const entry of list(value)) collect(entry, found);
}
