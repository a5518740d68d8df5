import type { Ask, Source } from "../../model/fact.ts";
import { parseBool } from "../../model/go/strconv.ts";
import { environmentVariable } from "../../model/pod.ts";
import { activator, gateway, kourierController, kourierControllerNamespace } from "../parties.ts";
import { appendCerts } from "../readers/append-certs.ts";
import { contourBundle } from "../readers/contour.ts";
import { firstBlock } from "../readers/first-block.ts";
import type { Read } from "../readers/reading.ts";
import { wholeKey } from "../readers/whole-key.ts";
import { bundlesFor, inputOf } from "./bundles.ts";
import type { Search } from "./search.ts";
import { routingSecret, routingSecretName, type RoutingSecret } from "./routing-secret.ts";
import { anyOrder, contentOf, type Broken, type StoreInput, type TrustStore } from "./store.ts";

/** `ca.crt` of its own certificate and every bundle beside it (serving pkg/activator/certificate/cache.go). */
export function activatorStore(source: Source, ask: Ask): TrustStore {
  const holder = activator(source);
  const own = routingSecret(source, holder.namespace, "the activator exits at its start");
  const bundles = bundlesFor(source, ask, byLabelKey(holder.namespace, appendCerts));
  const inputs = [...(own.text ? [inputOf(own.text, firstBlock)] : []), ...bundles.inputs];
  return {
    holder,
    verifier: "go",
    searches: [holder.namespace],
    readsBinaryData: false,
    ...contentOf(inputs),
    open: own.open ?? bundles.open,
    broken: own.broken ?? crashOn(inputs),
    lag: undefined,
  };
}

/** The same inputs, read by net-kourier's controller and handed to its gateway (ingress_translator.go buildTrustChain). */
export function kourierStore(source: Source, ask: Ask): TrustStore {
  const namespace = kourierControllerNamespace(source);
  const found = routingSecret(source, namespace, "net-kourier translates no ingress");
  const own = isUnseen(source, namespace) ? unseen(namespace) : found;
  const bundles = bundlesFor(source, ask, byLabelKey(namespace, wholeKey));
  const first = own.text ? [inputOf(own.text, wholeKey)] : [];
  const inputs = [...first, ...bundles.inputs];
  const open = own.open ?? bundles.open;
  return {
    holder: gateway(source, "kourier"),
    verifier: "boring",
    searches: [namespace],
    readsBinaryData: false,
    ...contentOf(inputs),
    orders: anyOrder(first, bundles.inputs),
    open,
    broken: own.broken ?? crashOn(inputs) ?? emptyChain(inputs, open),
    lag: own.text && lagOfKourier,
  };
}

const onlyLabelled = "ENABLE_SECRET_INFORMER_FILTERING_BY_CERT_UID";
const certificateUid = "networking.internal.knative.dev/certificate-uid";

/** net-kourier pkg/reconciler/informerfiltering/util.go: with it, the controller sees no Secret without the label. */
function isUnseen(source: Source, namespace: string): boolean {
  const controller = kourierController(source);
  const filters = controller && environmentVariable(controller, onlyLabelled);
  const secret = source.find("Secret", namespace, routingSecretName);
  return parseBool(filters ?? "") === true && secret?.labels.has(certificateUid) === false;
}

function unseen(namespace: string): RoutingSecret {
  const about = { kind: "Secret", namespace, name: routingSecretName };
  const text = `Secret ${namespace}/${routingSecretName} has no label ${certificateUid}, and net-kourier sees only Secrets that have it (${onlyLabelled}): it translates no ingress`;
  const reason = { code: "dialer-cannot-start", text, about } as const;
  return { text: undefined, open: undefined, broken: { verdict: "fails", reason } };
}

const lagOfKourier =
  "Kourier re-reads ca.crt of routing-serving-certs only when an ingress changes, else every 10 hours: a running gateway may still hold an older one";

function byLabelKey(namespace: string, read: Read): Search {
  return { namespace, selects: () => true, binaryData: false, read };
}

/** Only `ca.crt`; ConfigMaps count for nothing (net-contour pkg/reconciler/contour/resources/httpproxy.go). */
export function contourStore(source: Source): TrustStore {
  const { serving } = source.environment.namespaces;
  const own = routingSecret(source, serving, "Contour routes nothing");
  const inputs = own.text ? [inputOf(own.text, contourBundle)] : [];
  return {
    holder: gateway(source, "contour"),
    verifier: "boring",
    searches: [],
    readsBinaryData: false,
    ...contentOf(inputs),
    open: own.open,
    broken: own.broken ?? refusedByContour(own, inputs),
    lag: undefined,
  };
}

/** An input that the component does not survive. */
function crashOn(inputs: readonly StoreInput[]): Broken | undefined {
  const fatal = inputs.find(({ reading }) => reading.panics !== undefined);
  if (!fatal) return undefined;
  const { object, key, reading } = fatal;
  const text = `${key} of ${object.kind} ${object.namespace}/${object.name}: ${reading.panics ?? ""}`;
  return { verdict: "fails", reason: { code: "dialer-cannot-start", text, about: object } };
}

/** net-kourier refuses every ingress rather than trusting nobody. */
function emptyChain(inputs: readonly StoreInput[], open: string | undefined): Broken | undefined {
  if (open !== undefined || inputs.some(({ reading }) => reading.kept.length > 0)) return undefined;
  return {
    verdict: "fails",
    reason: {
      code: "no-trust",
      text: "net-kourier finds no valid CA certificate, and translates no ingress",
    },
  };
}

function refusedByContour(own: RoutingSecret, inputs: readonly StoreInput[]): Broken | undefined {
  if (own.open !== undefined || own.broken) return undefined;
  const [input] = inputs;
  const fault = input?.reading.refused;
  if (input && !fault) return undefined;
  const why = fault ? `is refused: ${fault.why}` : "is empty";
  return {
    verdict: "fails",
    reason: {
      code: "no-trust",
      text: `ca.crt of ${routingSecretName} ${why}; Contour routes nothing`,
    },
  };
}
