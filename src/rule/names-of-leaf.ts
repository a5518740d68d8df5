import type { CertificateType } from "../model/knative/demand.ts";
import type { Place } from "../model/place.ts";
import type { Certificate } from "../pki/certificate/certificate.ts";
import type { View } from "./rule.ts";
import {
  askedSecrets,
  certificatesOf,
  needEveryDemand,
  type AskedSecret,
} from "./secret-certificates.ts";

/** The certificate that is served from a Secret; undefined where there is none, which other rules report. */
export function leafOf(
  { namespace, name }: Pick<AskedSecret, "namespace" | "name">,
  view: View<"Secret">,
): { readonly certificate: Certificate; readonly place: Place } | undefined {
  const secret = view.expect("Secret", namespace, name);
  return secret && certificatesOf(secret, "tls.crt", view)?.certificates[0];
}

/** The Secrets of one type of certificate. */
export function* secretsFor(
  type: CertificateType,
  view: View<"demands" | "Secret">,
): Iterable<AskedSecret> {
  for (const secret of askedSecrets(view)) if (secret.demand.type === type) yield secret;
  needEveryDemand(view);
}
