import {
  at,
  certificatesInText,
  certificatesOf,
  defineRule,
  eventingBundles,
  eventingCertificates,
  eventingTlsOn,
  nameOf,
  serverName,
  tlsAddresses,
  verifyWith,
  type KubeObject,
  type MakeFault,
  type Message,
  type TlsAddress,
  type View,
} from "../../src/rule/index.ts";

type Seen = View<"ConfigMap" | "Secret">;

const addressable = ["Broker", "Channel", "InMemoryChannel", "JobSink"] as const;

const messages = {
  refused: {
    says: "senders to {object} dial {host} and refuse the certificate in {secret}: {why}",
    breaks:
      "no event gets there by https: with strict none at all, with permissive senders fail or fall back to http",
    fix: 'see that CACerts in the status is the CA of the server\'s Secret, and have old and new CA in a bundle with the label networking.knative.dev/trust-bundle: "true" in namespace {namespace} while it changes',
  },
  noTrust: {
    says: "senders to {object} dial {host} with no CA: its status has no CACerts, and no bundle is in namespace {namespace}",
    breaks: "only CAs in the image of the sender count: certificate signed by unknown authority",
    fix: 'put the CA into a ConfigMap with the label networking.knative.dev/trust-bundle: "true" in namespace {namespace}; Eventing hands it to the senders',
  },
  malformed: {
    says: "CACerts of {object} for {host} holds no certificate that can be read",
    breaks: "every sender fails before it dials: failed to append CA certs from PEM",
    fix: "see what is in ca.crt of the server's Secret, from which Eventing copies it",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC704",
  id: "sender-does-not-trust",
  summary: "senders do not trust the server behind a Broker, Channel or sink that they dial",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/eventing pkg/eventingtls/eventingtls.go loadCertPool, pkg/eventingtls/trust_bundle.go PropagateTrustBundles; pkg/reconciler/broker/broker.go httpsAddress",
  reads: ["eventingTls", ...addressable, "ConfigMap", "Secret"],
  follows: ["KC702", "KC703"],
  messages,
  *subjects(view) {
    if (!eventingTlsOn(view)) return;
    for (const kind of addressable)
      yield* view.all(kind).filter((object) => tlsAddresses(object).length > 0);
  },
  *check(object, view, fault) {
    const addresses = tlsAddresses(object).map((address) => ({
      address,
      server: serverOf(address, view),
    }));
    for (const { address, server } of addresses)
      yield* judge({ object, address, server }, view, fault);
    const strange = addresses.filter(({ server }) => server === undefined);
    if (strange.length > 0) {
      const hosts = strange.map(({ address }) => address.host);
      view.notEvaluated(`which Secret ${hosts.join(", ")} serves with is not known here`);
    }
  },
});

interface Dialled {
  readonly object: KubeObject;
  readonly address: TlsAddress;
  readonly server: string | undefined;
}

function* judge(
  { object, address, server }: Dialled,
  view: Seen,
  fault: MakeFault<typeof messages>,
) {
  const { eventing: namespace } = view.environment.namespaces;
  const { host, caCerts, steps } = address;
  const data = { object: nameOf(object), host, namespace };
  const trusted = certificatesInText(caCerts ?? "");
  const affects = server === undefined ? [] : [nameOf({ kind: "Secret", namespace, name: server })];
  const bundles = eventingBundles(view);
  if (caCerts && trusted.length === 0)
    yield fault("malformed", at(object, [...steps, "CACerts"]), data, { affects });
  else if (!caCerts && bundles.length === 0 && view.complete("ConfigMap", namespace))
    yield fault("noTrust", at(object, steps), data, { affects });
  else if (server !== undefined) {
    const served = servedBy(server, view);
    const verdict = served && verifyWith(served, host, { caCerts: trusted, bundles }, view.now);
    if (verdict && !verdict.ok) yield refused(verdict, { object, address, server }, view, fault);
  }
}

function refused(
  {
    code,
    why,
    evidence,
  }: { readonly code: string; readonly why: string; readonly evidence: readonly string[] },
  { object, address: { host, steps }, server = "" }: Dialled,
  view: Seen,
  fault: MakeFault<typeof messages>,
) {
  const { eventing: namespace } = view.environment.namespaces;
  if (code === "unknown-authority" && !view.complete("ConfigMap", namespace))
    view.notEvaluated(`whether a bundle in namespace ${namespace} holds the CA is not known`);
  const certificate = nameOf({ kind: "Certificate", namespace, name: server });
  const secret = nameOf({ kind: "Secret", namespace, name: server });
  return fault(
    "refused",
    at(object, steps),
    { object: nameOf(object), host, namespace, secret, why },
    { evidence, affects: [secret], dependsOn: [code === "name" ? certificate : nameOf(object)] },
  );
}

/** The Secret, and Certificate, of the server behind an address. */
function serverOf(
  { host }: TlsAddress,
  { environment }: Pick<View, "environment">,
): string | undefined {
  const { namespaces, clusterDomain } = environment;
  return eventingCertificates.find(
    ({ service }) => serverName(service, namespaces.eventing, clusterDomain) === host,
  )?.name;
}

function servedBy(name: string, view: View<"Secret">) {
  const { eventing: namespace } = view.environment.namespaces;
  const secret: KubeObject | undefined = view.expect("Secret", namespace, name);
  const read = secret && certificatesOf(secret, "tls.crt", view);
  const [leaf, ...others] = read?.certificates.map(({ certificate }) => certificate) ?? [];
  return leaf ? ([leaf, ...others] as const) : undefined;
}
