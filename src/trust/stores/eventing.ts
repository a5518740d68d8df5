import { serverName } from "../../model/eventing/certificates.ts";
import { tlsAddresses } from "../../model/eventing/addresses.ts";
import type { Ask, Source } from "../../model/fact.ts";
import { at, refOf, type ObjectRef } from "../../model/object.ts";
import { eventingServers, type EventingServer } from "../eventing.ts";
import { appendCerts } from "../readers/append-certs.ts";
import { secretState, valueOf } from "../secret.ts";
import { bundlesFor, inputOf } from "./bundles.ts";
import { contentOf, type Broken, type StoreInput, type TrustStore } from "./store.ts";
import type { KeyText } from "./texts.ts";

/**
 * What senders of events trust of a server: the CAs in their image, the bundles of their namespace, and those that its
 * address advertises (eventing pkg/eventingtls/eventingtls.go loadCertPool).
 */
export function eventingStores(source: Source, ask: Ask): readonly TrustStore[] {
  const { eventing } = source.environment.namespaces;
  const search = {
    namespace: eventing,
    selects: (value: string) => value === "true",
    binaryData: true,
    read: appendCerts,
  };
  return eventingServers(source, ask).map((server) => {
    const bundles = bundlesFor(source, ask, search);
    const advertised = advertisedBy(source, server);
    const own = advertised.text ? [inputOf(advertised.text, appendCerts)] : [];
    return {
      holder: {
        component: server.dialer,
        namespace: server.dialer === "event-sender" ? "" : eventing,
      },
      verifier: "go",
      searches: [eventing],
      readsBinaryData: true,
      ...contentOf([...own, ...bundles.inputs]),
      open: advertised.open ?? bundles.open,
      broken: refusedBy(own),
      lag: undefined,
    };
  });
}

interface Advertised {
  readonly text: KeyText | undefined;
  readonly open: string | undefined;
}

const addressable = ["Broker", "Channel", "InMemoryChannel", "JobSink"] as const;

/** CACerts of an address that leads to the server, which Eventing copies from `ca.crt` of its Secret. */
function advertisedBy(source: Source, { service, name }: EventingServer): Advertised {
  const { clusterDomain, namespaces } = source.environment;
  const host = serverName(service, namespaces.eventing, clusterDomain);
  for (const object of addressable.flatMap((kind) => source.all(kind))) {
    const address = tlsAddresses(object).find((one) => one.host === host);
    if (!address?.caCerts) continue;
    const steps = [...address.steps, "CACerts"];
    const text = {
      object: refOf(object),
      key: "CACerts",
      text: address.caCerts,
      place: at(object, steps),
      isText: true,
    };
    return { text, open: undefined };
  }
  return fromSecret(source, { kind: "Secret", namespace: namespaces.eventing, name });
}

/** An issuer that gives no CA may be a public one, which the image of the sender trusts. */
function fromSecret(source: Source, ref: ObjectRef): Advertised {
  const found = secretState(source, ref, !source.hasObserved);
  const name = `Secret ${ref.namespace}/${ref.name}`;
  if (found.state !== "found")
    return { text: undefined, open: `${name} is not there yet, nor is its ca.crt known` };
  const value = valueOf(found.secret, "ca.crt");
  if (value === "redacted") return { text: undefined, open: `ca.crt of ${name} is redacted` };
  if (!value || value.text === "")
    return { text: undefined, open: "the sender trusts the public CAs in its image too" };
  return { text: { object: refOf(found.secret), key: "ca.crt", ...value }, open: undefined };
}

/** A sender does not dial at all when the advertised CAs hold no certificate. */
function refusedBy([own]: readonly StoreInput[]): Broken | undefined {
  if (!own || own.reading.kept.length > 0) return undefined;
  const text = `${own.key} of ${own.object.kind} ${own.object.namespace}/${own.object.name} holds no certificate: senders fail with "failed to append CA certs from PEM"`;
  return { verdict: "fails", reason: { code: "dialer-cannot-start", text, about: own.object } };
}
