import {
  at,
  defineRule,
  examples,
  isOwnGroup,
  nameOf,
  placesOf,
  referencesTo,
  refuses,
  selects,
  severityByUse,
  topicsOf,
  type ApprovalAsked,
  type FactTypes,
  type IssuerUse,
  type View,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC221",
  id: "request-not-admitted",
  summary: "nobody approves the certificates that Knative asks for",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager deploy/charts/cert-manager/values.yaml disableAutoApproval; approver-policy pkg/internal/approver/allowed, docs/examples",
  holdsFor: "approver-policy v1alpha1",
  reads: ["issuerUses", "approval", "demands"],
  messages: {
    nobody: {
      says: "cert-manager's own approver is off, and there is no policy that approves what {issuer} is asked for",
      breaks: "every CertificateRequest waits, and nothing in it says for what",
      fix: "install approver-policy with a CertificateRequestPolicy for these requests, or let cert-manager approve by itself",
    },
    notSelected: {
      says: "no CertificateRequestPolicy is made for requests to {issuer} from namespace {namespaces}",
      breaks: "the CertificateRequests wait, and nothing in them says for what",
      fix: "select {issuer}, named by {references}, and these namespaces in a policy, and allow cert-manager to use it",
    },
    refused: {
      says: "{policies} {refuse} {what} that Knative asks of {issuer}",
      breaks: "the CertificateRequest is denied",
      fix: "allow in spec.allowed both the common name and all names that Knative asks for",
    },
  },
  *subjects(view) {
    // Manifests alone mean a plain installation, in which cert-manager approves everything.
    if (!view.hasObserved && !view.fact("approval").known) return;
    for (const use of view.need(view.fact("issuerUses"))) {
      const { kind, name, group } = use.target;
      if (isOwnGroup(group)) yield { kind, namespace: "", name, use };
    }
  },
  *check({ kind, name, use }, view, fault) {
    const approves = view.need(view.fact("approval"));
    if (approves.by === "cert-manager") return;
    const issuer = nameOf({ kind, namespace: "", name });
    const { place, related } = placesOf(use, "name");
    const extra = {
      related,
      severity: severityByUse(use, "error"),
      affects: [...affected(use, view), ...topicsOf(use)],
      dependsOn: [issuer],
    };
    if (approves.policies.length === 0 || !approves.approver) {
      yield fault("nobody", place, { issuer }, extra);
      return;
    }
    const { unselected, refused } = judged(use, approves.policies, view);
    if (unselected.length > 0) {
      const data = { issuer, namespaces: examples(unselected), references: referencesTo(use) };
      yield fault("notSelected", place, data, extra);
    }
    const [first] = refused;
    if (first) {
      const names = [...new Set(first.policies.map(nameOf))];
      const data = {
        issuer,
        policies: examples(names),
        refuse: names.length === 1 ? "refuses" : "refuse",
        what: first.why,
      };
      const rules = first.policies.map((policy) => ({
        place: at(policy, ["spec", "allowed"]),
        note: "what is allowed",
      }));
      yield fault("refused", place, data, { ...extra, related: [...related, ...rules] });
    }
  },
});

interface Refused {
  readonly policies: Policies;
  readonly why: string;
}
type Policies = Extract<
  Extract<FactTypes["approval"], { readonly known: true }>["value"],
  { readonly by: "policies" }
>["policies"];

function judged(use: IssuerUse, policies: Policies, view: View<"demands">) {
  const unselected = new Set<string>();
  const refused: Refused[] = [];
  for (const asked of askedOf(use, view)) {
    const mine = policies.filter((policy) => selects(policy, asked));
    const reasons = mine.map((policy) => refuses(policy, asked));
    if (mine.length === 0) unselected.add(asked.namespace);
    else if (reasons.every((why) => why !== undefined))
      refused.push({ policies: mine, why: reasons[0] ?? "" });
  }
  return { unselected: [...unselected], refused };
}

function* askedOf(use: IssuerUse, view: View<"demands">): Iterable<ApprovalAsked> {
  const keys = new Set(use.references.map(({ reference }) => reference.key));
  for (const { issuerKey, namespace, names } of view.need(view.fact("demands")).list)
    if (keys.has(issuerKey) && names.ok)
      yield {
        issuer: use.target,
        namespace,
        commonName: names.commonName,
        dnsNames: names.dnsNames,
      };
}

/** What waits for an approval, by the issuer as each namespace names it. */
function affected({ target }: IssuerUse, view: View<"demands">): readonly string[] {
  const { kind, name } = target;
  if (kind === "ClusterIssuer") return [`approval ${nameOf({ kind, namespace: "", name })}`];
  const demands = view.fact("demands");
  const namespaces = demands.known ? demands.value.list.map(({ namespace }) => namespace) : [];
  return [...new Set(namespaces)].map(
    (namespace) => `approval ${nameOf({ kind, namespace, name })}`,
  );
}
