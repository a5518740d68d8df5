import type { Ask, Source } from "../model/fact.ts";
import {
  eventingCertificates,
  serverName,
  type EventingCertificate,
} from "../model/eventing/certificates.ts";
import { eventingTls } from "../model/eventing/transport-encryption.ts";
import type { Draft } from "./dialogs.ts";
import type { Component } from "./handshake.ts";

/** Who dials a server of Eventing; any sender of events may dial the job sink. */
const dialerOf: Readonly<
  Record<string, { readonly dialer: Component; readonly server: Component }>
> = {
  "mt-broker-ingress-server-tls": { dialer: "broker-filter", server: "broker-ingress" },
  "imc-dispatcher-server-tls": { dialer: "broker-ingress", server: "imc-dispatcher" },
  "mt-broker-filter-server-tls": { dialer: "imc-dispatcher", server: "broker-filter" },
  "job-sink-server-tls": { dialer: "event-sender", server: "job-sink" },
};

export interface EventingServer extends EventingCertificate {
  readonly dialer: Component;
  readonly server: Component;
}

/** The servers of Eventing that are installed; none where transport-encryption is known to be off. */
export function eventingServers(source: Source, ask: Ask): readonly EventingServer[] {
  const tls = ask(eventingTls);
  if (!tls.known || (tls.value?.mode !== "permissive" && tls.value?.mode !== "strict")) return [];
  const { eventing } = source.environment.namespaces;
  return eventingCertificates.flatMap((certificate) => {
    const parties = dialerOf[certificate.name];
    const installed = source.lookup("Deployment", eventing, certificate.deployment);
    return parties && installed.state !== "missing" ? [{ ...certificate, ...parties }] : [];
  });
}

export function eventingDialogs(source: Source, ask: Ask): readonly Draft[] {
  const { clusterDomain, namespaces } = source.environment;
  const namespace = namespaces.eventing;
  return eventingServers(source, ask).map(({ name, service, dialer, server }) => ({
    dialer: { component: dialer, namespace: dialer === "event-sender" ? "" : namespace },
    endpoint: { component: server, namespace },
    target: {
      role: "eventing",
      secret: { kind: "Secret", namespace, name },
      namespace,
      hosts: [],
      demand: undefined,
      isAsked: true,
      owner: source.find("Certificate", namespace, name),
    },
    names: {
      hosts: [serverName(service, namespace, clusterDomain)],
      exactly: undefined,
      anyOf: [],
    },
    settled: undefined,
  }));
}
