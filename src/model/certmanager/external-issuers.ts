import { nearest } from "../near.ts";
import { isIssuerKind } from "./issuer.ts";

/** Kinds of issuers that projects outside cert-manager bring, with their groups. */
const groups: Readonly<Record<string, string>> = {
  AWSPCAClusterIssuer: "awspca.cert-manager.io",
  AWSPCAIssuer: "awspca.cert-manager.io",
  ADCSIssuer: "adcs.certmanager.csf.nokia.com",
  ClusterADCSIssuer: "adcs.certmanager.csf.nokia.com",
  ClusterOriginIssuer: "cert-manager.k8s.cloudflare.com",
  GoogleCASClusterIssuer: "cas-issuer.jetstack.io",
  GoogleCASIssuer: "cas-issuer.jetstack.io",
  OriginIssuer: "cert-manager.k8s.cloudflare.com",
  StepClusterIssuer: "certmanager.step.sm",
  StepIssuer: "certmanager.step.sm",
  VenafiClusterIssuer: "jetstack.io",
  VenafiIssuer: "jetstack.io",
};

/** The API group of a kind that such a project is known to bring. */
export function groupOfExternalIssuer(kind: string): string | undefined {
  return Object.hasOwn(groups, kind) ? groups[kind] : undefined;
}

/** cert-manager's own kind that was meant by one it does not have; undefined for a name of somebody else's. */
export function meantIssuerKind(kind: string): string | undefined {
  if (isIssuerKind(kind) || groupOfExternalIssuer(kind) !== undefined) return undefined;
  // StepClusterIssuer, KMSClusterIssuer: a word before the whole name is no slip of the pen.
  if (/.clusterissuer$/i.test(kind)) return undefined;
  return nearest(kind, ["Issuer", "ClusterIssuer"]);
}
