import {
  at,
  bundlesIn,
  defineRule,
  nameOf,
  placeIn,
  sentence,
  type StoreInput,
  type TrustStore,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC506",
  id: "bundle-key-dropped",
  summary: "a reader drops a bundle key, or a certificate in it",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative-extensions/net-kourier pkg/generator/ingress_translator.go checkCertBundle; Go crypto/x509 CertPool.AppendCertsFromPEM; BoringSSL crypto/pem/pem_info.cc",
  reads: ["config", "handshakes", "stores", "ConfigMap"],
  follows: ["KC507"],
  messages: {
    dropped: {
      says: "{key} of {configMap}: {fault}; {outcome}",
      breaks: "who relies on the certificates in it is not trusted by those that drop it",
      fix: "leave nothing in the key but CERTIFICATE blocks, each line at the start of its line, with one line break between them",
    },
    empty: {
      says: "{key} of {configMap} holds no certificate, though the ConfigMap is labelled as a bundle",
      fix: "move what is no certificate to another ConfigMap",
    },
  },
  *subjects(view) {
    const keys = new Map<string, Key>();
    for (const store of usedStores(view))
      for (const input of store.inputs.filter(({ object }) => object.kind === "ConfigMap")) {
        const name = `${nameOf(input.object)} ${input.key} ${input.place.pointer}`;
        const known = keys.get(name) ?? { ...input.object, input, readings: [] };
        known.readings.push({ store, input });
        keys.set(name, known);
      }
    yield* keys.values();
  },
  *check({ input, readings, ...configMap }, view, fault) {
    const faults = faultsOf(readings);
    const [worst, ...others] = faults;
    if (!worst) return;
    const { network } = view.fact("config");
    if (
      !network.known &&
      !readings.some(({ store, input: { reading } }) => isAlwaysThere(store) && isLossy(reading))
    )
      view.notEvaluated(`whether the ingress that minds it is there is not known: ${network.why}`);
    const data = { key: input.key, configMap: nameOf(configMap) };
    const found = view.find("ConfigMap", configMap.namespace, configMap.name);
    if (faults.every(({ why }) => why === "it holds no certificate")) {
      const place = found && at(found, ["data", input.key], "key");
      yield fault("empty", place, data, { severity: "info" });
      return;
    }
    yield fault(
      "dropped",
      placeIn(input, worst),
      { ...data, fault: worst.why, outcome: sentence(readings.map(outcomeOf)) },
      {
        related: others.map((one) => ({ place: placeIn(input, one), note: one.why })),
        affects: [bundlesIn(configMap.namespace)],
      },
    );
  },
});

/** Each fault once, what a whole text is refused for first. */
function faultsOf(readings: Key["readings"]) {
  const all = readings.flatMap(({ input: { reading } }) => [
    ...(reading.refused ? [reading.refused] : []),
    ...reading.dropped.filter(({ why }) => !why.startsWith("the whole text is refused")),
  ]);
  return all.filter(({ start }, i) => all.findIndex((one) => one.start === start) === i);
}

interface Key {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly input: StoreInput;
  readonly readings: { readonly store: TrustStore; readonly input: StoreInput }[];
}

/** The activator is part of every installation; which gateway there is, only the configuration says. */
function isAlwaysThere({ holder }: TrustStore): boolean {
  return holder.component === "activator";
}

function isLossy({ dropped, refused, panics }: StoreInput["reading"]): boolean {
  return dropped.length > 0 || refused !== undefined || panics !== undefined;
}

/** Stores of dialers that take part in a handshake; all of them while it is not known which do. */
function usedStores(view: View<"config" | "handshakes" | "stores">): readonly TrustStore[] {
  if (!view.fact("config").network.known) return view.fact("stores");
  const dialers = new Set(
    view
      .fact("handshakes")(view.now)
      .map(({ dialer }) => dialer.component),
  );
  return view.fact("stores").filter(({ holder }) => dialers.has(holder.component));
}

const readers = {
  activator: "the activator",
  "kourier-gateway": "Kourier",
  "contour-gateway": "Contour",
} as const;

function outcomeOf({ store, input }: Key["readings"][number]): string {
  const { component } = store.holder;
  const reader = Object.entries(readers).find(([name]) => name === component)?.[1] ?? component;
  const { kept, refused, panics } = input.reading;
  if (panics !== undefined) return `with it ${panics}`;
  if (refused) return `${reader} drops the whole key`;
  const count = kept.length;
  return `${reader} keeps ${String(count)} certificate${count === 1 ? "" : "s"} of it`;
}
