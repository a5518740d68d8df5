import { issuerOf } from "../certmanager/certificate.ts";
import { conditionOf, isIssuerKind, isOwnGroup, issuerType } from "../certmanager/issuer.ts";
import { issuerAdvice } from "../certmanager/issuer-advice.ts";
import { text } from "../json.ts";
import { at, observed, type KubeObject } from "../object.ts";
import { perObject } from "../per-object.ts";
import type { Link } from "./chain.ts";
import { lackingKeys } from "./certificate-links.ts";
import { absence, reasoned, type Walk } from "./walk.ts";

/** The issuer that the Certificate names, and the Secret from which a CA issuer signs. */
export function issuerLinks(certificate: KubeObject, walk: Walk): readonly Link[] {
  const { kind, group, name } = issuerOf(certificate);
  const namespace = kind === "ClusterIssuer" ? "" : certificate.namespace;
  const ref = { kind, namespace, name };
  const link = { step: "issuer", ref, object: undefined } as const;
  if (!isOwnGroup(group))
    return [{ ...link, state: "unknown", says: `is of group ${group}, which is not looked into` }];
  if (!isIssuerKind(kind))
    return [
      {
        ...link,
        state: "failed",
        says: `is of a kind that cert-manager does not know`,
        fix: "name an Issuer or a ClusterIssuer",
        place: at(certificate, ["spec", "issuerRef", "kind"]),
      },
    ];
  const answer = walk.source.lookup(kind, namespace, name);
  if (answer.state !== "found") {
    const place = at(certificate, ["spec", "issuerRef", "name"]);
    const fix = `create ${kind} ${name}, or name one that exists`;
    return [{ ...link, ...absence(answer), ...(answer.state === "missing" && { fix, place }) }];
  }
  return [readiness(answer.object), ...caSecretLinks(answer.object, walk)];
}

const readiness = perObject((issuer): Link => {
  const link = { step: "issuer", ref: issuer, object: issuer } as const;
  if (!observed(issuer))
    return { ...link, state: "unknown", says: "is written, not observed: it has no status" };
  const ready = conditionOf(issuer, "Ready");
  if (!ready)
    return {
      ...link,
      state: "failed",
      says: "has no Ready condition: no controller has looked at it",
      fix: "see that cert-manager's controller runs and watches this namespace",
      place: at(issuer),
    };
  const place = at(issuer, ["status", "conditions", ready.index]);
  const { since } = ready;
  if (ready.status === "True")
    return { ...link, state: "good", says: `is Ready: ${reasoned(ready)}`, place, since };
  const fix = issuerAdvice(ready.reason);
  return {
    ...link,
    state: "failed",
    says: `is not Ready: ${reasoned(ready)}`,
    fix,
    place,
    since,
  };
});

function caSecretLinks(issuer: KubeObject, { source, resourceNamespace }: Walk): readonly Link[] {
  const name = text(issuer.raw, "spec", "ca", "secretName");
  if (issuerType(issuer) !== "ca" || !name) return [];
  const namespace = issuer.kind === "ClusterIssuer" ? resourceNamespace.name : issuer.namespace;
  const ref = { kind: "Secret", namespace, name };
  const link = { step: "CA Secret", ref, object: undefined } as const;
  const answer = source.lookup("Secret", namespace, name);
  if (answer.state !== "found") {
    const fix = `create it in namespace ${namespace}, with tls.crt and tls.key of the CA`;
    const sure = issuer.kind === "Issuer" || resourceNamespace.sure;
    if (answer.state === "missing" && !sure)
      return [{ ...link, state: "unknown", says: `is not there (${resourceNamespace.how})`, fix }];
    return [{ ...link, ...absence(answer), ...(answer.state === "missing" && { fix }) }];
  }
  const lacking = lackingKeys(answer.object);
  const shared = { ...link, object: answer.object, place: at(answer.object) };
  return [
    lacking.length === 0
      ? { ...shared, state: "good", says: "holds the CA" }
      : { ...shared, state: "failed", says: `has no ${lacking.join(" and no ")}` },
  ];
}
