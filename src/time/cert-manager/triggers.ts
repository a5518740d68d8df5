import { stringList, text } from "../../model/json.ts";
import { issuerOf } from "../../model/certmanager/certificate.ts";
import type { KubeObject } from "../../model/object.ts";
import { presented } from "../certificates.ts";

const annotation = (name: string) => `cert-manager.io/${name}`;

/**
 * Why cert-manager issues a Certificate at once, in the words of its Issuing condition; undefined: it does not. No
 * check looks at the issuer's CA, so a new CA under the same issuer re-issues nothing
 * (internal/controller/certificates/policies/checks.go).
 */
export function whyIssued(
  secret: KubeObject | undefined,
  certificate: KubeObject,
): string | undefined {
  if (!secret) return "DoesNotExist";
  const [leaf] = presented(secret, "tls.crt");
  if (!leaf) return isRedacted(secret) ? undefined : "MissingData";
  if (isOfAnotherIssuer(secret, certificate)) return "IncorrectIssuer";
  const wanted = stringList(certificate.raw, "spec", "dnsNames");
  if (!sameSet(wanted, leaf.names.dns)) return "RequestChanged";
  return undefined;
}

function isRedacted(secret: KubeObject): boolean {
  return text(secret.raw, "data", "tls.crt") !== undefined;
}

function isOfAnotherIssuer(secret: KubeObject, certificate: KubeObject): boolean {
  const named = secret.annotations.get(annotation("issuer-name"));
  if (named === undefined) return false;
  const { name, kind, group } = issuerOf(certificate);
  const field = (which: string, preset: string) =>
    secret.annotations.get(annotation(which)) || preset;
  return (
    named !== name ||
    field("issuer-kind", "Issuer") !== kind ||
    field("issuer-group", "cert-manager.io") !== group
  );
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  const all = new Set(one);
  return all.size === new Set(other).size && other.every((name) => all.has(name));
}
