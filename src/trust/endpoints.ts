import type { Ask, Source } from "../model/fact.ts";
import { text } from "../model/json.ts";
import type { Known } from "../model/known.ts";
import { knativeConfig, workingNetwork } from "../model/knative/config.ts";
import { demands } from "../model/knative/demands.ts";
import type { Demand } from "../model/knative/demand.ts";
import type { KubeObject, ObjectRef } from "../model/object.ts";

/** Something that serves TLS with the certificate in a Secret, in the words of who asks for that certificate. */
export interface Endpoint {
  readonly role: "activator" | "queue-proxy" | "name" | "eventing";
  /** Undefined while the Route has no UID to name it by. */
  readonly secret: ObjectRef | undefined;
  /** The namespace for which it is served. */
  readonly namespace: string;
  /** The names under which clients reach it. */
  readonly hosts: readonly string[];
  /** The certificate that Knative asks for; undefined where the user brings the Secret. */
  readonly demand: Demand | undefined;
  /** A controller makes the Secret, sooner or later. */
  readonly isAsked: boolean;
  /** The object for which it is served. */
  readonly owner: KubeObject | undefined;
  /** Why nobody dials it at present. */
  readonly idle?: string;
}

/** The endpoints of Serving: one for each certificate that it asks for, and for each that a DomainMapping brings. */
export function servingEndpoints(source: Source, ask: Ask): Known<readonly Endpoint[]> {
  const wanted = ask(demands);
  if (!wanted.known) return wanted;
  const asked = wanted.value.list.map(endpointOf);
  return {
    known: true,
    value: [...asked, ...leftBehind(source, ask, asked), ...broughtByMappings(source)],
  };
}

/**
 * Where Revisions were, serving-certs stays, for its KCertificate belongs to the Namespace (serving pkg/reconciler/
 * revision/reconcile_resources.go): the next Revision serves with it.
 */
function leftBehind(source: Source, ask: Ask, asked: readonly Endpoint[]): readonly Endpoint[] {
  const network = workingNetwork(ask(knativeConfig));
  if (!network.known || !network.value.systemInternalTls.value) return [];
  const served = new Set(
    asked.filter(({ role }) => role === "queue-proxy").map(({ namespace }) => namespace),
  );
  return source
    .all("KCertificate")
    .filter(({ name, namespace }) => name === "serving-certs" && !served.has(namespace))
    .filter(({ namespace }) => source.find("Secret", namespace, "serving-certs") !== undefined)
    .map(({ namespace }) => ({
      role: "queue-proxy",
      secret: { kind: "Secret", namespace, name: "serving-certs" },
      namespace,
      hosts: [],
      demand: undefined,
      isAsked: false,
      owner: undefined,
      idle: `nobody dials it now: namespace ${namespace} has no Revision`,
    }));
}

function endpointOf(demand: Demand): Endpoint {
  const { origin, namespace, name, dnsNames, owner } = demand;
  return {
    role: origin === "activator" || origin === "queue-proxy" ? origin : "name",
    secret: name === undefined ? undefined : { kind: "Secret", namespace, name },
    namespace,
    hosts: dnsNames,
    demand,
    isAsked: true,
    owner,
  };
}

/** A DomainMapping with a Secret of its own is served whatever external-domain-tls says (domainmapping/reconciler.go tls). */
function broughtByMappings(source: Source): readonly Endpoint[] {
  return source.all("DomainMapping").flatMap((mapping) => {
    const secret = text(mapping.raw, "spec", "tls", "secretName");
    if (!secret) return [];
    return [
      {
        role: "name",
        secret: { kind: "Secret", namespace: mapping.namespace, name: secret },
        namespace: mapping.namespace,
        hosts: [mapping.name],
        demand: undefined,
        isAsked: false,
        owner: mapping,
      },
    ];
  });
}
