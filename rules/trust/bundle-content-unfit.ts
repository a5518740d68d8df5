import {
  bundlesIn,
  certificateName,
  defineRule,
  endedByAnchors,
  nameOf,
  placeIn,
  sentence,
  type StoreInput,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC508",
  id: "bundle-content-unfit",
  summary: "a bundle holds a certificate that is expired, not yet valid, no CA, or there twice",
  severity: "warning",
  since: "0.1.0",
  citation:
    "Go crypto/x509 verify.go isValid, Verify; BoringSSL crypto/x509/x509_vfy.cc; https://github.com/knative/docs docs/serving/encryption (the bundle of its example expired on 2024-02-20)",
  reads: ["handshakes", "stores"],
  messages: {
    expired: {
      says: "{key} of {configMap} holds {certificate}, which was valid from {from} to {to} and has expired; {readers} keep it all the same",
      breaks: "an expired CA verifies nothing: whoever shows a certificate of it is refused",
      fix: "replace it by the CA that signs now",
    },
    none: {
      says: "{configMap} comes to nothing: {certificate} was valid from {from} to {to} and has expired, and trust-manager leaves out what has expired (--filter-expired-certificates)",
      breaks:
        "it writes no bundle without certificates: the targets keep their old content, or are not made",
      fix: "replace it by the CA that signs now",
    },
    early: {
      says: "{key} of {configMap} holds {certificate}, which is not valid before {from}; {readers} keep it all the same",
      breaks: "until then whoever shows a certificate of it is refused",
    },
    leaf: {
      says: "{key} of {configMap} holds {certificate}, which is no CA",
      breaks:
        "this one certificate is trusted, and none that replaces it: that ends with its renewal, at the latest on {to}",
      fix: "put the CA there that signed it",
    },
    twice: {
      says: "{key} of {configMap} holds {certificate}, which is in {other} already",
    },
  },
  *subjects(view) {
    yield* inputsOf(view).map((input) => ({ ...input.object, input }));
  },
  *check({ input, ...configMap }, view, fault) {
    const { key, reading } = input;
    for (const { certificate, ...stretch } of reading.kept) {
      const data = {
        key,
        configMap: nameOf(configMap),
        certificate: certificateName(certificate),
        from: time(certificate.notBefore),
        to: time(certificate.notAfter),
        readers: readersOf(certificate.fingerprint, view),
      };
      const place = placeIn(input, stretch);
      const extra = { affects: [bundlesIn(configMap.namespace), ...endedByAnchors(view)] };
      const other = firstWith(certificate.fingerprint, stretch.start, input, view);
      if (other !== undefined)
        yield fault("twice", place, { ...data, other }, { severity: "info" });
      else if (certificate.notAfter < view.now) {
        const outcome = outcomeOfExpired(input, view);
        if (outcome) yield fault(outcome, place, data, extra);
      } else if (certificate.notBefore > view.now) yield fault("early", place, data, extra);
      else if (isLeaf(certificate)) yield fault("leaf", place, data);
    }
  },
});

/** Undefined where it never gets into the bundle, and others do. */
function outcomeOfExpired(input: StoreInput, view: View<"stores">): "expired" | "none" | undefined {
  if (!input.leavesOutExpired) return "expired";
  const isLasting = inputsOf(view)
    .filter(({ object }) => nameOf(object) === nameOf(input.object))
    .some(({ reading }) =>
      reading.kept.some(({ certificate }) => certificate.notAfter >= view.now),
    );
  return isLasting ? undefined : "none";
}

/** The bundles that any component reads, each key once; what its reader drops is rule KC506's. */
function inputsOf(view: View<"stores">): readonly StoreInput[] {
  const keys = new Map<string, StoreInput>();
  for (const { inputs } of view.fact("stores"))
    for (const input of inputs.filter(({ object }) => object.kind === "ConfigMap")) {
      const name = nameOfInput(input);
      const known = keys.get(name);
      if (!known || known.reading.kept.length < input.reading.kept.length) keys.set(name, input);
    }
  return [...keys.values()];
}

function nameOfInput({ object, key, place }: StoreInput): string {
  return `${nameOf(object)} ${key} ${place.pointer}`;
}

/** Where the same certificate stands before. */
function firstWith(
  fingerprint: string,
  start: number,
  input: StoreInput,
  view: View<"stores">,
): string | undefined {
  for (const one of inputsOf(view)) {
    const isSame = nameOfInput(one) === nameOfInput(input);
    const found = one.reading.kept.find(
      ({ certificate }) => certificate.fingerprint === fingerprint,
    );
    if (found && !(isSame && found.start === start)) return `${one.key} of ${nameOf(one.object)}`;
    if (isSame) return undefined;
  }
  return undefined;
}

/** Version 1 and 2 know no CA, and are taken for one. */
function isLeaf({
  basicConstraints,
  version,
}: StoreInput["reading"]["kept"][number]["certificate"]) {
  return version === 3 && basicConstraints?.isCA !== true;
}

function readersOf(fingerprint: string, view: View<"stores">): string {
  const holding = view
    .fact("stores")
    .filter(({ inputs }) =>
      inputs.some(
        ({ object, reading }) =>
          object.kind === "ConfigMap" &&
          reading.kept.some(({ certificate }) => certificate.fingerprint === fingerprint),
      ),
    );
  return sentence(holding.map(({ holder }) => holder.component));
}

function time(date: Date): string {
  return date.toISOString().replace(".000Z", "Z");
}
