import {
  at,
  bundlesIn,
  certificateName,
  defineRule,
  examples,
  labelOf,
  sentence,
  type Handshake,
  type TrustStore,
  type View,
} from "../../src/rule/index.ts";

const routingSecret = "routing-serving-certs";

export default defineRule({
  code: "KC503",
  id: "trust-rests-on-ca-crt",
  summary: "no bundle holds the CA in use: trust rests on ca.crt of routing-serving-certs alone",
  severity: "warning",
  since: "0.1.0",
  citation:
    "https://cert-manager.io/docs/faq/#chain-cacrt; knative/serving pkg/activator/certificate/cache.go addSecretCAIfPresent",
  reads: ["handshakes", "stores", "Secret"],
  follows: ["KC505", "KC506", "KC508", "KC509", "KC512", "KC513", "KC514", "KC517"],
  messages: {
    alone: {
      says: "trust in queue-proxy in {namespaces} rests on ca.crt of routing-serving-certs alone: no bundle that {dialers} read holds {anchor}",
      breaks:
        "ca.crt only ever holds the CA that signed routing-serving-certs last: when another CA signs it, the old one is distrusted at once, and every queue-proxy that still has a certificate of the old one is cut off",
      fix: "put {anchor} into a ConfigMap with the label networking.knative.dev/trust-bundle in namespace {serving}",
    },
  },
  *subjects(view) {
    const toQueueProxies = view
      .fact("handshakes")(view.now)
      .filter(
        ({ endpoint, dialer }) => endpoint.component === "queue-proxy" && readsBundles(dialer),
      );
    if (toQueueProxies.length === 0) return;
    const { serving } = view.environment.namespaces;
    yield { kind: "Secret", namespace: serving, name: routingSecret, toQueueProxies };
  },
  *check({ toQueueProxies, namespace, name }, view, fault) {
    const resting = toQueueProxies.flatMap((handshake) => {
      const anchor = restsOn(handshake, view);
      return anchor === undefined ? [] : [{ handshake, anchor }];
    });
    const [first] = resting;
    if (!first) {
      const open = toQueueProxies.find(({ verdict }) => verdict === "unknown");
      if (open) view.notEvaluated(`${labelOf(open)}: ${open.reason?.text ?? ""}`);
      return;
    }
    const alike = resting.filter(({ anchor }) => anchor === first.anchor);
    const data = {
      dialers: sentence([...new Set(alike.map(({ handshake }) => handshake.dialer.component))]),
      namespaces: examples([
        ...new Set(alike.map(({ handshake }) => handshake.endpoint.namespace)),
      ]),
      anchor: first.anchor,
      serving: namespace,
    };
    const secret = view.find("Secret", namespace, name);
    yield fault("alone", secret && at(secret, ["data", "ca.crt"]), data, {
      handshakes: resting.map(({ handshake }) => labelOf(handshake)),
      dependsOn: [bundlesIn(namespace)],
    });
  },
});

/** Contour reads no bundle, so there is nothing that one could do about it. */
function readsBundles({ component }: Handshake["dialer"]): boolean {
  return component === "activator" || component === "kourier-gateway";
}

/** The anchor that only ca.crt holds; undefined where a bundle has it, or another certificate with its name and key. */
function restsOn({ verdict, chain, dialer }: Handshake, view: View<"stores">): string | undefined {
  const last = chain.at(-1);
  if (verdict !== "holds" || last?.from.key !== "ca.crt" || last.from.object.kind !== "Secret")
    return undefined;
  const store = view.fact("stores").find(({ holder }) => holder.component === dialer.component);
  const anchor = store?.anchors.find(({ certificate }) => certificate.fingerprint === last.sha256);
  if (!store || !anchor) return undefined;
  return bundles(store).some(
    (one) =>
      one.keyId === anchor.certificate.keyId && one.subject.key === anchor.certificate.subject.key,
  )
    ? undefined
    : certificateName(anchor.certificate);
}

function bundles({ inputs }: TrustStore) {
  return inputs
    .filter(({ object }) => object.kind === "ConfigMap")
    .flatMap(({ reading }) => reading.kept.map(({ certificate }) => certificate));
}
