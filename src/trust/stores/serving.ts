import type { Source } from "../../model/fact.ts";
import { activator, gateway, kourierControllerNamespace } from "../parties.ts";
import { appendCerts } from "../readers/append-certs.ts";
import { contourBundle } from "../readers/contour.ts";
import { firstBlock } from "../readers/first-block.ts";
import type { Read } from "../readers/reading.ts";
import { wholeKey } from "../readers/whole-key.ts";
import { bundlesFor, byServing } from "./bundles.ts";
import { routingSecret, routingSecretName, type RoutingSecret } from "./routing-secret.ts";
import { anchorsOf, type Broken, type StoreInput, type TrustStore } from "./store.ts";
import type { KeyText } from "./texts.ts";

/** `ca.crt` of its own certificate and every bundle beside it (serving pkg/activator/certificate/cache.go). */
export function activatorStore(source: Source): TrustStore {
  const holder = activator(source);
  const own = routingSecret(source, holder.namespace, "the activator exits at its start");
  const bundles = bundlesFor(source, byServing(holder.namespace));
  const inputs = [
    ...(own.text ? [inputOf(own.text, firstBlock)] : []),
    ...bundles.texts.map((text) => inputOf(text, appendCerts)),
  ];
  const panics = inputs.find(({ reading }) => reading.panics !== undefined);
  const crash =
    panics && cannotStart(`ca.crt of ${routingSecretName}: ${panics.reading.panics ?? ""}`);
  return {
    holder,
    verifier: "go",
    inputs,
    anchors: anchorsOf(inputs),
    open: own.open ?? bundles.open,
    broken: own.broken ?? crash,
    lag: undefined,
  };
}

/** The same inputs, read by net-kourier's controller and handed to its gateway (ingress_translator.go buildTrustChain). */
export function kourierStore(source: Source): TrustStore {
  const namespace = kourierControllerNamespace(source);
  const own = routingSecret(source, namespace, "net-kourier translates no ingress");
  const bundles = bundlesFor(source, byServing(namespace));
  const inputs = [...(own.text ? [own.text] : []), ...bundles.texts].map((text) =>
    inputOf(text, wholeKey),
  );
  const panics = inputs.find(({ reading }) => reading.panics !== undefined);
  const refused =
    panics && cannotStart(`${panics.key} of ${panics.object.name}: ${panics.reading.panics ?? ""}`);
  const open = own.open ?? bundles.open;
  return {
    holder: gateway(source, "kourier"),
    verifier: "boring",
    inputs,
    anchors: anchorsOf(inputs),
    open,
    broken: own.broken ?? refused ?? emptyChain(inputs, open),
    lag:
      own.text &&
      "Kourier re-reads ca.crt only when an ingress changes, and otherwise every 10 hours: a running gateway may still hold an older one",
  };
}

/** Only `ca.crt`; ConfigMaps count for nothing (net-contour pkg/reconciler/contour/resources/httpproxy.go). */
export function contourStore(source: Source): TrustStore {
  const { serving } = source.environment.namespaces;
  const own = routingSecret(source, serving, "Contour routes nothing");
  const inputs = own.text ? [inputOf(own.text, contourBundle)] : [];
  return {
    holder: gateway(source, "contour"),
    verifier: "boring",
    inputs,
    anchors: anchorsOf(inputs),
    open: own.open,
    broken: own.broken ?? refusedByContour(own, inputs),
    lag: undefined,
  };
}

function inputOf(text: KeyText, read: Read): StoreInput {
  const { object, key, place, isText } = text;
  return { object, key, place, isText, reading: read(text.text) };
}

function cannotStart(text: string): Broken {
  return { verdict: "fails", reason: { code: "dialer-cannot-start", text } };
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
