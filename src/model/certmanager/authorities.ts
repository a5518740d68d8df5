import { defineFact, type Source } from "../fact.ts";
import { eventingIssuer } from "../eventing/certificates.ts";
import { text } from "../json.ts";
import { issuerUses, type IssuerUse } from "../knative/issuer-use.ts";
import type { Known } from "../known.ts";
import { nameOf, type KubeObject } from "../object.ts";
import { isCa, issuerOf, secretNameOf } from "./certificate.ts";
import { isOwnGroup, issuerType } from "./issuer.ts";
import { resourceNamespace } from "./resource-namespace.ts";

/** A CA issuer that signs for Knative, or signs a CA that does, with the Secret it signs from. */
export interface Authority {
  readonly issuer: KubeObject;
  /** How config-certmanager names it; undefined where it does not, or where that is not known. */
  readonly use: IssuerUse | undefined;
  /** False where Knative is known not to ask it: it signs CAs only, or for others. */
  readonly mayBeAsked: boolean;
  readonly secret: { readonly namespace: string; readonly name: string };
  /** The Certificates that write that Secret. */
  readonly certificates: readonly KubeObject[];
}

/** Every CA issuer behind Knative's certificates; where config-certmanager is not known, every CA issuer there is. */
export const authorities = defineFact<readonly Authority[]>({
  name: "authorities",
  reads: ["ClusterIssuer", "Issuer", "Certificate"],
  from: [issuerUses, resourceNamespace],
  derive: (source, ask) => {
    const uses = ask(issuerUses);
    const namespace = ask(resourceNamespace).name;
    const all = [...source.all("ClusterIssuer"), ...source.all("Issuer")]
      .filter((issuer) => issuerType(issuer) === "ca")
      .map((issuer) => authorityOf(source, issuer, namespace, uses));
    if (!uses.known) return all;
    return withSigners(
      all,
      all.filter(({ issuer, use }) => use !== undefined || isEventings(issuer)),
    );
  },
});

function isEventings(issuer: KubeObject): boolean {
  return issuer.kind === "ClusterIssuer" && issuer.name === eventingIssuer;
}

function authorityOf(
  source: Source,
  issuer: KubeObject,
  resources: string,
  uses: Known<readonly IssuerUse[]>,
): Authority {
  const name = text(issuer.raw, "spec", "ca", "secretName") ?? "";
  const namespace = issuer.kind === "ClusterIssuer" ? resources : issuer.namespace;
  const named = uses.known ? uses.value : [];
  const use = named.find(
    ({ target }) =>
      isOwnGroup(target.group) && target.kind === issuer.kind && target.name === issuer.name,
  );
  return {
    issuer,
    use,
    mayBeAsked: use !== undefined || !uses.known || isEventings(issuer),
    secret: { namespace, name },
    certificates: source
      .all("Certificate")
      .filter((one) => one.namespace === namespace && secretNameOf(one) === name && name !== ""),
  };
}

/** The authorities in `of`, and those that sign their CA Certificates, all the way up. */
function withSigners(all: readonly Authority[], of: readonly Authority[]): readonly Authority[] {
  const found = new Set(of);
  for (const authority of found) {
    for (const certificate of authority.certificates.filter(isCa)) {
      const signer = all.find(({ issuer }) => nameOf(issuer) === issuerNameOf(certificate));
      if (signer) found.add(signer);
    }
  }
  return all.filter((authority) => found.has(authority));
}

/** The issuer that signs a Certificate, as `nameOf` spells it; "" for issuers that are not cert-manager's own. */
export function issuerNameOf(certificate: KubeObject): string {
  const { kind, group, name } = issuerOf(certificate);
  if (!isOwnGroup(group)) return "";
  return nameOf({ kind, name, namespace: kind === "Issuer" ? certificate.namespace : "" });
}
