import type { Ask, Source } from "../model/fact.ts";
import { isIssuerKind, isOwnGroup, issuerType } from "../model/certmanager/issuer.ts";
import type { Demand } from "../model/knative/demand.ts";
import { issuerUses } from "../model/knative/issuer-use.ts";
import { certManagerClass } from "../model/knative/network-config.ts";
import { nameOf } from "../model/object.ts";
import type { Reason } from "./handshake.ts";

/** Why a certificate that Knative asks for can never be issued or trusted, as the objects stand; undefined where it may be. */
export function neverIssued(source: Source, ask: Ask, demand: Demand): Reason | undefined {
  if (demand.certificateClass !== certManagerClass) return undefined;
  if (!demand.names.ok)
    return { code: "no-certificate", text: `it is never issued: ${demand.names.reason}` };
  const target = targetOf(ask, demand);
  if (!target || !isOwnGroup(target.group) || !isIssuerKind(target.kind)) return undefined;
  const namespace = target.kind === "Issuer" ? demand.namespace : "";
  const answer = source.lookup(target.kind, namespace, target.name);
  const name = nameOf({ kind: target.kind, namespace, name: target.name });
  const about = { kind: target.kind, namespace, name: target.name };
  if (answer.state === "missing")
    return { code: "no-certificate", text: `it is never issued: ${name} does not exist`, about };
  if (answer.state !== "found" || demand.type === "external-domain") return undefined;
  const reason = unfit(issuerType(answer.object), name, demand);
  return reason && { ...reason, about };
}

function targetOf(ask: Ask, { issuerKey }: Demand) {
  const uses = ask(issuerUses);
  if (!uses.known) return undefined;
  return uses.value.find(({ references }) =>
    references.some(({ reference }) => reference.key === issuerKey),
  )?.target;
}

/** Issuers that can do nothing for names of the cluster: rules KC204 and KC205. */
function unfit(
  type: ReturnType<typeof issuerType>,
  name: string,
  demand: Demand,
): Reason | undefined {
  if (type === "acme") {
    const text = `it is never issued: ${name} is an ACME issuer, and no ACME server issues ${demand.dnsNames.join(", ")}`;
    return { code: "no-certificate", text };
  }
  if (type !== "selfSigned" || demand.origin !== "queue-proxy") return undefined;
  return {
    code: "unknown-authority",
    text: `${name} signs each certificate with its own key: nobody can trust it beforehand`,
  };
}
