import {
  at,
  bundlesIn,
  defineRule,
  nameOf,
  outcomeOf,
  placeIn,
  sentence,
  usedStores,
  type StoreInput,
  type StoreReading,
  type SubjectRef,
  type TrustStore,
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
      yield fault("empty", place, data, emptyOf(configMap, readings));
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

/** Among certificates it is a note; where nothing else is in the ConfigMap, it brings no trust at all. */
function emptyOf({ namespace, name }: SubjectRef, readings: Key["readings"]) {
  const others = readings
    .flatMap(({ store }) => store.inputs)
    .filter(({ object }) => object.name === name && object.namespace === namespace);
  if (others.some(({ reading }) => reading.kept.length > 0)) return { severity: "info" } as const;
  return { severity: "warning", affects: [bundlesIn(namespace)] } as const;
}

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
  readonly readings: StoreReading[];
}

/** The activator is part of every installation; which gateway there is, only the configuration says. */
function isAlwaysThere({ holder }: TrustStore): boolean {
  return holder.component === "activator";
}

function isLossy({ dropped, refused, panics }: StoreInput["reading"]): boolean {
  return dropped.length > 0 || refused !== undefined || panics !== undefined;
}
