import {
  at,
  bundleFaults,
  defineRule,
  labelOf,
  nameOf,
  topicsOfVerdict,
  type Handshake,
  type SubjectRef,
  type View,
} from "../../src/rule/index.ts";

const ways: Readonly<Record<string, string>> = {
  "no-certificate": "see why the Secret is not made: `explain` walks the whole way to its issuer",
  "no-trust":
    "put the CA into a ConfigMap with the label networking.knative.dev/trust-bundle in the namespace of Knative Serving",
  "unknown-authority":
    "put the CA that signed the certificate into a labelled bundle in the namespace of Knative Serving, or have the certificate re-issued by a CA that is there",
  expired: "have the certificate renewed: `cmctl renew` does it at once",
  "not-yet-valid": "compare the clocks of the machines with the time at which it was issued",
  name: "let Knative make the certificate again: delete the Secret that somebody else has written",
  constraint: "use a CA whose constraints allow the names of Knative",
  usage: "give the CA and the certificate extended key usages that include server authentication",
  "key-mismatch": "delete the Secret, so that certificate and key are made again together",
  malformed: "delete the Secret, so that it is made again",
  "dialer-cannot-start": "mend the Secret or the bundle that it names, then restart the dialer",
  "not-supported": "use Kourier or Contour, or turn the feature off",
};

/** Faults that keep certificates from being issued, those that spoil them, and those that keep CAs from being trusted. */
const causes = [
  ["KC106", "KC201", "KC202", "KC203", "KC204", "KC205", "KC207", "KC301", "KC302"],
  [
    "KC209",
    "KC211",
    "KC212",
    "KC213",
    "KC303",
    "KC304",
    "KC305",
    "KC306",
    "KC307",
    "KC309",
    "KC316",
    "KC321",
    "KC323",
  ],
  ["KC702", "KC703", "KC704", "KC115", "KC508", ...bundleFaults],
  ["KC601", "KC602", "KC603", "KC604"],
].flat();

export default defineRule({
  code: "KC501",
  id: "handshake-fails",
  summary: "a dialer does not accept what an endpoint presents",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/activator/certificate/{cache,tls_context}.go; net-kourier pkg/generator/ingress_translator.go; Go crypto/x509 Verify; BoringSSL X509_verify_cert",
  reads: ["config", "demands", "handshakes", "Secret"],
  follows: causes.toSorted(),
  messages: {
    fails: {
      says: "{handshakes}: {why}",
      breaks: "requests on this way are answered with an error, or not at all",
      fix: "{fix}",
    },
    several: {
      says: "{count} handshakes fail, {handshakes} among them: {why}",
      breaks: "requests on these ways are answered with an error, or not at all",
      fix: "{fix}",
    },
  },
  *subjects(view) {
    const groups = new Map<string, Group>();
    const inUse = namespacesInUse(view);
    for (const handshake of view.fact("handshakes")(view.now)) {
      if (isOfOthers(handshake, view) || isIdle(handshake, inUse)) continue;
      const ref = subjectOf(handshake, view);
      const group = groups.get(nameOf(ref)) ?? { ...ref, handshakes: [] };
      group.handshakes.push(handshake);
      groups.set(nameOf(ref), group);
    }
    yield* groups.values();
  },
  *check({ handshakes, ...subject }, view, fault) {
    const broken = handshakes.filter(({ verdict }) => verdict === "fails");
    const [failing] = broken;
    if (failing) {
      const labels = broken.map(labelOf);
      const data = {
        handshakes: labels[0] ?? "",
        why: failing.reason?.text ?? "",
        fix: wayOf(failing, view),
      };
      const extra = {
        handshakes: labels,
        evidence: [...new Set(broken.flatMap(evidenceOf))],
        dependsOn: [...new Set(broken.flatMap((one) => topicsOf(one, view)))],
      };
      const place = placeOf(subject, view);
      if (broken.length === 1) yield fault("fails", place, data, extra);
      else yield fault("several", place, { ...data, count: broken.length }, extra);
    }
    const open = handshakes.find(({ verdict }) => verdict === "unknown");
    if (open) view.notEvaluated(`${labelOf(open)}: ${open.reason?.text ?? ""}`);
  },
});

/** Namespaces with a Revision, present or to come; undefined where that is not known. */
function namespacesInUse(view: View<"demands">): ReadonlySet<string> | undefined {
  const demands = view.fact("demands");
  if (!demands.known) return undefined;
  const ofRevisions = demands.value.list.filter(({ origin }) => origin === "queue-proxy");
  return new Set(ofRevisions.map(({ namespace }) => namespace));
}

function isIdle({ endpoint }: Handshake, inUse: ReadonlySet<string> | undefined): boolean {
  return endpoint.component === "queue-proxy" && inUse?.has(endpoint.namespace) === false;
}

/** Whom clients trust nobody knows; what is not known of Eventing is what rules KC702 to KC704 tell. */
function isOfOthers({ dialer, endpoint, verdict }: Handshake, view: View): boolean {
  return verdict !== "fails" && (dialer.component === "client" || isOfEventing(endpoint, view));
}

function isOfEventing(
  { namespace }: Handshake["endpoint"],
  { environment }: Pick<View, "environment">,
): boolean {
  return namespace === environment.namespaces.eventing;
}

function wayOf({ reason, endpoint }: Handshake, view: View): string {
  const code = reason?.code ?? "";
  if (code !== "unknown-authority" || !isOfEventing(endpoint, view)) return ways[code] ?? "";
  return 'put the CA into a ConfigMap with the label networking.knative.dev/trust-bundle: "true" in the namespace of Knative Eventing';
}

function topicsOf(handshake: Handshake, view: View): readonly string[] {
  const { endpoint, presents } = handshake;
  if (!isOfEventing(endpoint, view)) return topicsOfVerdict(handshake, view);
  return presents ? [nameOf(presents)] : [];
}

interface Group extends SubjectRef {
  readonly handshakes: Handshake[];
}

/** What a dialer lacks is one fault, however many endpoints it does not reach; else each endpoint is its own. */
function subjectOf({ reason, verdict, presents, endpoint }: Handshake, view: View): SubjectRef {
  const { serving } = view.environment.namespaces;
  const dialers = reason?.code === "no-trust" || reason?.code === "dialer-cannot-start";
  if (verdict === "fails" && dialers && !isOfEventing(endpoint, view))
    return { kind: "Namespace", namespace: "", name: serving };
  return presents ?? { kind: "Namespace", namespace: "", name: endpoint.namespace };
}

function evidenceOf({ dialer, tried }: Handshake): readonly string[] {
  return tried.map(({ path, why }) => `${dialer.component} tried ${path.join(" <- ")}: ${why}`);
}

function placeOf(subject: SubjectRef, view: View<"Secret" | "config">) {
  const secret = view.find("Secret", subject.namespace, subject.name);
  if (subject.kind === "Secret" && secret) return at(secret, ["data", "tls.crt"]);
  const network = view.fact("config").network;
  const entry = network.known ? network.value.systemInternalTls.entry : undefined;
  return entry && at(entry.holder, entry.steps);
}
