import { conditionOf } from "../certmanager/issuer.ts";
import { secretNameOf } from "../certmanager/certificate.ts";
import { defineFact } from "../fact.ts";
import type { Source } from "../fact.ts";
import { stringList } from "../json.ts";
import type { Demand } from "../knative/demand.ts";
import { demands } from "../knative/demands.ts";
import { at, observed, refOf, type KubeObject, type SubjectRef } from "../object.ts";
import { timeAt } from "../time.ts";
import { causeOf, type Chain, type Link } from "./chain.ts";
import { issuance, type Issuance } from "./issuance.ts";
import { ownerOf } from "./owned.ts";
import { reasoned } from "./walk.ts";
import { isYoung } from "./young.ts";

/** issued: there is a good certificate. pending: its first issuance has just begun. open: the objects do not tell. */
export type Outcome = "issued" | "pending" | "not issued" | "open";

/** Why one certificate is, or is not, issued. */
export interface Explanation {
  /** The KCertificate, or the Certificate where Knative did not ask for it. */
  readonly subject: SubjectRef;
  readonly dnsNames: readonly string[];
  readonly outcome: Outcome;
  readonly chain: Chain;
  readonly notAfter: Date | undefined;
  readonly renewalTime: Date | undefined;
}

/** What can be explained: certificates, what asks for them, and what holds them. */
export const explicable = [
  "Certificate",
  "CertificateRequest",
  "DomainMapping",
  "KCertificate",
  "KService",
  "Route",
  "Secret",
] as const;
export type Explicable = (typeof explicable)[number];

export interface Explainer {
  /** Every object of that kind and name, in one namespace or in all. */
  find(kind: Explicable, name: string, namespace: string | undefined): readonly KubeObject[];
  /** The certificates behind an object. */
  explain(object: KubeObject, now: Date): readonly Explanation[];
}

/** The causal chains behind an object that a user names. */
export const explainer = defineFact<Explainer>({
  name: "explainer",
  reads: [
    "Certificate",
    "CertificateRequest",
    "DomainMapping",
    "KCertificate",
    "KService",
    "Route",
    "Secret",
  ],
  from: [issuance, demands],
  derive: (source, ask) => ({
    find: (kind, name, namespace) =>
      source
        .all(kind)
        .filter((one) => one.name === name && (namespace ?? one.namespace) === one.namespace),
    explain: (object, now) => {
      const wanted = ask(demands);
      const subjects = subjectsOf(object, source, wanted.known ? wanted.value.list : []);
      const above = linksAbove(object, source);
      return subjects.map((subject) => explained(subject, above, ask(issuance), source, now));
    },
  }),
});

/** A KCertificate or Certificate that exists, or the demand of Knative for one. */
type Subject = KubeObject | Demand;

function subjectsOf(
  object: KubeObject,
  source: Source,
  wanted: readonly Demand[],
): readonly Subject[] {
  switch (object.kind) {
    case "KService":
    case "Route":
    case "DomainMapping":
      return ofOwner(object, source, wanted);
    case "Secret":
      return source
        .all("Certificate")
        .filter((one) => one.namespace === object.namespace && secretNameOf(one) === object.name);
    case "CertificateRequest": {
      const name = object.annotations.get("cert-manager.io/certificate-name") ?? "";
      const certificate = source.find("Certificate", object.namespace, name);
      return certificate ? [certificate] : [];
    }
    default:
      return [object];
  }
}

/** What Knative asks for a Route: its own certificates, and those that the data plane needs in its namespace. */
function ofOwner(owner: KubeObject, source: Source, wanted: readonly Demand[]): readonly Subject[] {
  const encrypted = wanted.some(({ origin }) => origin === "queue-proxy");
  const subjects = wanted
    .filter((demand) => (demand.origin === "activator" ? encrypted : concerns(demand, owner)))
    .filter(({ origin }) => origin !== "activator" || owner.kind !== "DomainMapping")
    .map((demand) => source.find("KCertificate", demand.namespace, demand.name ?? "") ?? demand);
  const known = new Set<Subject>(subjects);
  const label = `serving.knative.dev/${owner.kind === "DomainMapping" ? "domainMappingUID" : "route"}`;
  const others = source
    .all("KCertificate")
    .filter(
      (one) =>
        one.namespace === owner.namespace &&
        one.labels.get(label) === owner.name &&
        !known.has(one),
    );
  return [...subjects, ...others];
}

function concerns({ origin, owner: asker, namespace }: Demand, owner: KubeObject): boolean {
  if (namespace !== owner.namespace) return false;
  if (origin === "queue-proxy" || origin === "wildcard") return owner.kind !== "DomainMapping";
  const mapped = origin === "domain-mapping";
  return asker?.name === owner.name && mapped === (owner.kind === "DomainMapping");
}

function linksAbove(object: KubeObject, source: Source): readonly Link[] {
  const route =
    object.kind === "KService" ? source.find("Route", object.namespace, object.name) : object;
  return [object, route].flatMap((one, i, all) => {
    if (!one || (one.kind !== "KService" && one.kind !== "Route") || all.indexOf(one) !== i)
      return [];
    return [ownerLink(one, one.kind)];
  });
}

function ownerLink(object: KubeObject, step: "KService" | "Route"): Link {
  const link = { step, ref: object, object } as const;
  if (!observed(object))
    return { ...link, state: "unknown", says: "is written, not observed: it has no status" };
  const provisioned = step === "Route" ? conditionOf(object, "CertificateProvisioned") : undefined;
  const ready = conditionOf(object, "Ready");
  const shown =
    provisioned && (provisioned.status !== "True" || provisioned.reason) ? provisioned : ready;
  if (!shown) return { ...link, state: "waiting", says: "has no conditions yet" };
  const place = at(object, ["status", "conditions", shown.index]);
  const isGood = shown.status === "True" && shown.reason !== "HTTPDowngrade";
  const why = reasoned(shown);
  const says = isGood ? `is ${shown.type}` : `is not ${shown.type}${why && `: ${why}`}`;
  return { ...link, state: isGood ? "good" : "waiting", says, place, since: shown.since };
}

function explained(
  subject: Subject,
  above: readonly Link[],
  walked: Issuance,
  source: Source,
  now: Date,
): Explanation {
  if ("origin" in subject) return unasked(subject, above);
  const chain = walked.chainOf(subject);
  const certificate = chain.links.find(({ step }) => step === "Certificate")?.object;
  const owner = ownerOf(subject, "networking.internal.knative.dev", "Certificate");
  const asked = owner && source.find("KCertificate", subject.namespace, owner.name);
  return {
    subject: refOf(asked ?? subject),
    dnsNames: stringList((certificate ?? subject).raw, "spec", "dnsNames"),
    outcome: outcomeOf(certificate, chain, now),
    chain: { ...chain, links: [...above, ...chain.links] },
    notAfter: timeAt(certificate?.raw, "status", "notAfter"),
    renewalTime: timeAt(certificate?.raw, "status", "renewalTime"),
  };
}

/** A certificate that Knative will ask for and has not asked for yet. */
function unasked(demand: Demand, above: readonly Link[]): Explanation {
  const ref = {
    kind: "KCertificate",
    namespace: demand.namespace,
    name: demand.name ?? "route-...",
  };
  const link: Link = {
    step: "KCertificate",
    ref,
    object: undefined,
    state: "waiting",
    says: "is not made yet",
  };
  const links = [...above, link];
  return {
    subject: ref,
    dnsNames: demand.dnsNames,
    outcome: "open",
    chain: {
      links,
      cause: causeOf(links),
      failedAttempts: 0,
      lastFailure: undefined,
      nextAttempt: undefined,
    },
    notAfter: undefined,
    renewalTime: undefined,
  };
}

function outcomeOf(
  certificate: KubeObject | undefined,
  { links, cause }: Chain,
  now: Date,
): Outcome {
  const ready = certificate && conditionOf(certificate, "Ready")?.status === "True";
  const secret = links.find(({ step }) => step === "Secret");
  if (ready && secret?.state !== "missing" && secret?.state !== "failed") return "issued";
  if (!cause || cause.state === "unknown") return "open";
  return cause.state === "waiting" && isYoung(cause, now) ? "pending" : "not issued";
}
