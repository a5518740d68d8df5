import {
  at,
  bundlesIn,
  bundleSources,
  defineRule,
  isCa,
  isLabelled,
  nameOf,
  reads,
  rotationPolicyOf,
  secretNameOf,
  severityOfAuthority,
  type Authority,
  type BundleSource,
  type KubeObject,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC513",
  id: "bundle-follows-live-ca",
  summary: "a Bundle reads the Secret that an issuer signs from, so trust changes with the CA",
  severity: "error",
  since: "0.1.0",
  citation:
    "https://cert-manager.io/docs/trust/trust-manager/#cert-manager-integration-intentionally-copying-ca-certificates; trust-manager pkg/bundle/bundle.go",
  reads: [
    "authorities",
    "defaultRotationPolicy",
    "trustManager",
    "Bundle",
    "Certificate",
    "ClusterIssuer",
    "Secret",
  ],
  messages: {
    live: {
      says: "{bundle} reads {secret}, from which {owner}",
      breaks:
        "when the CA is renewed with a new key, the bundle drops the old CA in the same moment: certificates that the old one signed are refused until they are re-issued",
      fix: "copy the CA certificate into a ConfigMap in namespace {namespace}, or inLine, and let the Bundle read that; add the new CA to it before anything is signed with it",
    },
  },
  *subjects(view) {
    yield* view.all("Bundle").filter((bundle) => bundleSources(bundle).some(isSecret));
  },
  *check(bundle, view, fault) {
    const { namespace } = view.fact("trustManager");
    for (const source of bundleSources(bundle).filter(isSecret)) {
      for (const live of liveSecrets(source, bundle, view)) {
        const data = {
          bundle: nameOf(bundle),
          secret: `Secret/${namespace}/${live.name}`,
          owner: live.owner,
          namespace,
        };
        yield fault("live", at(bundle, source.steps), data, {
          severity: severityOf(live, isLabelled(bundle), view),
          related: [live.related],
          affects: [bundlesIn(view.environment.namespaces.serving)],
        });
      }
    }
  },
});

type Seen = View<
  | "authorities"
  | "defaultRotationPolicy"
  | "trustManager"
  | "Certificate"
  | "ClusterIssuer"
  | "Secret"
>;

function isSecret({ type }: BundleSource): boolean {
  return type === "secret";
}

interface Live {
  readonly name: string;
  readonly owner: string;
  readonly related: { readonly place: ReturnType<typeof at>; readonly note: string };
  readonly authorities: readonly Authority[];
  readonly certificate: KubeObject | undefined;
}

function* liveSecrets(source: BundleSource, bundle: KubeObject, view: Seen): Iterable<Live> {
  const { namespace } = view.fact("trustManager");
  for (const name of secretsOf(source, view)) {
    const authorities = view
      .fact("authorities")
      .filter(({ secret }) => secret.namespace === namespace && secret.name === name);
    const certificate = view
      .all("Certificate")
      .find((one) => isCa(one) && one.namespace === namespace && secretNameOf(one) === name);
    const [first] = authorities;
    if (first) {
      const { issuer } = first;
      const related = {
        place: at(issuer, ["spec", "ca", "secretName"]),
        note: `${nameOf(issuer)} signs from it`,
      };
      yield { name, owner: `${nameOf(issuer)} signs`, related, authorities, certificate };
    } else if (certificate && isLabelled(bundle)) {
      const related = {
        place: at(certificate, ["spec", "secretName"]),
        note: `${nameOf(certificate)} writes it`,
      };
      yield {
        name,
        owner: `a CA issuer may sign: ${nameOf(certificate)} renews it`,
        related,
        authorities,
        certificate,
      };
    } else if (!certificate && isLabelled(bundle) && !view.complete("ClusterIssuer"))
      view.notEvaluated(
        `whether an issuer signs from Secret/${namespace}/${name} is not known: no issuer that names it is among the objects`,
      );
  }
}

/** The Secrets that a source reads, by name; behind a selector only those that are known. */
function secretsOf(source: BundleSource, view: View<"trustManager" | "Secret">): readonly string[] {
  if (source.name !== undefined) return [source.name];
  const { namespace } = view.fact("trustManager");
  return view
    .all("Secret")
    .filter((secret) => secret.namespace === namespace && reads(source, secret))
    .map(({ name }) => name);
}

/**
 * A CA that keeps its key at renewal stays trusted through its new certificate: the bundle only follows too closely. One
 * that is not labelled is for other clients than Knative's components.
 */
function severityOf({ certificate, authorities }: Live, labelled: boolean, view: Seen) {
  const policy = certificate && rotationPolicyOf(certificate, view.fact("defaultRotationPolicy"));
  const keeps = policy?.known === true && policy.value === "Never";
  const worst = keeps || !labelled || authorities.length === 0 ? "warning" : "error";
  return authorities.length === 0 ? worst : severityOfAuthority(authorities, worst);
}
