import { resourceNamespace } from "../certmanager/resource-namespace.ts";
import { conditionOf } from "../certmanager/issuer.ts";
import { defineFact, type Before } from "../fact.ts";
import { nameOf, type KubeObject } from "../object.ts";
import { isCertManagerController } from "../components.ts";
import { acmeLinks } from "./acme-links.ts";
import { backOffOf, failuresOf } from "./back-off.ts";
import { certificateLink, kcertificateLink, secretLink } from "./certificate-links.ts";
import { causeOf, type Chain, type Link } from "./chain.ts";
import { issuerLinks } from "./issuer-links.ts";
import { byOwner, groupBy, ownerOf } from "./owned.ts";
import { approvalLink, requestLink, requestOf } from "./request-links.ts";
import { notSeen, type Walk } from "./walk.ts";

const knativeInternal = "networking.internal.knative.dev";

export interface Issuance {
  /** What a KCertificate or a Certificate rests on; walked once for each. */
  readonly chainOf: (certificate: KubeObject) => Chain;
}

/** Why each certificate is, or is not, issued: the one walk that rules and `explain` read. */
export const issuance = defineFact<Issuance>({
  name: "issuance",
  reads: [
    "KCertificate",
    "Certificate",
    "CertificateRequest",
    "Order",
    "Challenge",
    "ClusterIssuer",
    "Issuer",
    "Secret",
    "Deployment",
  ],
  from: [resourceNamespace],
  derive: (source, ask, before) => {
    const walk: Walk = {
      source,
      backOff: backOffOf(source.all("Deployment").find(isCertManagerController)),
      resourceNamespace: ask(resourceNamespace),
      requests: groupBy(source.all("CertificateRequest"), (request) => {
        const name = request.annotations.get("cert-manager.io/certificate-name");
        return name === undefined ? undefined : `${request.namespace}/${name}`;
      }),
      orders: byOwner(source.all("Order"), "cert-manager.io", "CertificateRequest"),
      challenges: byOwner(source.all("Challenge"), "acme.cert-manager.io", "Order"),
    };
    const { chains, common } = (before && standing(before, walk)) ?? {
      chains: new Map<string, Map<string, Chain>>(),
      common: {},
    };
    const value: Issuance = {
      chainOf(certificate) {
        const { namespace } = certificate;
        const mine = chains.get(namespace) ?? new Map<string, Chain>();
        chains.set(namespace, mine);
        const name = nameOf(certificate);
        const chain = mine.get(name) ?? walkFrom(certificate, walk);
        mine.set(name, chain);
        return chain;
      },
    };
    walked.set(value, { chains, common });
    return value;
  },
  byNamespace: {
    watched: ({ chainOf }, asked) => ({
      chainOf(certificate) {
        asked(certificate.namespace);
        return chainOf(certificate);
      },
    }),
    isAlike: (old, now) => walked.get(old)?.common === walked.get(now)?.common,
  },
});

interface Walked {
  /** By namespace, and by name of the certificate. */
  readonly chains: Map<string, Map<string, Chain>>;
  /** The same for as long as nothing has changed that certificates of all namespaces rest on. */
  readonly common: object;
}

const walked = new WeakMap<Issuance, Walked>();

/**
 * Chains that are as they were: they stay within their namespace, but for ClusterIssuers, the Secrets of their CAs and
 * cert-manager's own Deployment. Undefined where one of these has changed.
 */
function standing(
  { value, changes }: Before<Issuance>,
  { resourceNamespace: resources }: Walk,
): Walked | undefined {
  const changed = new Set([...changes.values()].flatMap((namespaces) => [...namespaces]));
  const isCommon = ["", resources.name].some((namespace) => changed.has(namespace));
  const last = walked.get(value);
  if (!last || isCommon || changes.has("Deployment")) return undefined;
  const chains = [...last.chains].filter(([namespace]) => !changed.has(namespace));
  return { chains: new Map(chains), common: last.common };
}

function walkFrom(start: KubeObject, walk: Walk): Chain {
  const { source } = walk;
  if (start.kind === "KCertificate") {
    const certificate = source.find("Certificate", start.namespace, start.name);
    if (certificate) return below(certificate, [kcertificateLink(start, true)], walk);
    const known = source.lookup("Certificate", start.namespace, start.name).state === "missing";
    const kcertificate = kcertificateLink(start, !known);
    const links = [kcertificate, unmade(start, kcertificate, walk)];
    return { links, cause: causeOf(links), failedAttempts: 0, ...noFailure };
  }
  const owner = ownerOf(start, knativeInternal, "Certificate");
  const kcertificate = owner && source.find("KCertificate", start.namespace, owner.name);
  return below(start, kcertificate ? [kcertificateLink(kcertificate, true)] : [], walk);
}

const noFailure = { lastFailure: undefined, nextAttempt: undefined } as const;

/** The Certificate that Knative should have made. */
function unmade(kcertificate: KubeObject, link: Link, walk: Walk): Link {
  const { namespace, name } = kcertificate;
  const ref = { kind: "Certificate", namespace, name };
  const seen = notSeen(walk, "Certificate", namespace);
  const missing = link.state === "good" && seen.state === "waiting";
  return {
    step: "Certificate",
    ref,
    object: undefined,
    ...(missing ? { state: "missing", says: "does not exist" } : seen),
  };
}

function below(certificate: KubeObject, above: readonly Link[], walk: Walk): Chain {
  const failures = failuresOf(certificate, walk.backOff);
  const link = certificateLink(certificate, failures);
  const isReady = conditionOf(certificate, "Ready")?.status === "True";
  const request = requestOf(certificate, walk);
  const issuers = issuerLinks(certificate, walk);
  const links = [
    ...above,
    link,
    ...requestLinks(certificate, request, link, walk),
    ...(request ? acmeLinks(request, issuers[0]?.object, walk) : []),
    ...issuers,
    secretLink(certificate, isReady, walk),
  ];
  return {
    links,
    cause: causeOf(links),
    failedAttempts: failures.attempts,
    lastFailure: failures.last,
    nextAttempt: failures.next,
  };
}

function requestLinks(
  { namespace, name }: KubeObject,
  request: KubeObject | undefined,
  { state, since }: Link,
  walk: Walk,
): readonly Link[] {
  if (request) return [requestLink(request), approvalLink(request)];
  if (state !== "waiting") return [];
  const ref = { kind: "CertificateRequest", namespace, name: `${name}-...` };
  const seen = notSeen(walk, "CertificateRequest", namespace);
  return [{ step: "CertificateRequest", ref, object: undefined, ...seen, since }];
}
