import { strings } from "../model/json.ts";
import { trustBundleLabel } from "../model/knative/trust-bundle.ts";
import type { KubeObject } from "../model/object.ts";
import type { Certificate } from "../pki/certificate/certificate.ts";
import { parseCertificate } from "../pki/certificate/parse.ts";
import { readPem } from "../pki/pem/read.ts";
import { goHandshake } from "../pki/verify/go.ts";
import { makePool } from "../pki/verify/pool.ts";
import { title, type Verdict } from "../pki/verify/verdict.ts";
import type { View } from "./rule.ts";

/** What x509.CertPool.AppendCertsFromPEM takes out of a text: blocks with headers and what does not parse are left out. */
export function certificatesInText(pem: string): readonly Certificate[] {
  return readPem(pem).blocks.flatMap(({ type, headers, bytes }) => {
    const parsed =
      type === "CERTIFICATE" && headers.size === 0 ? parseCertificate(bytes) : undefined;
    return parsed?.ok ? [parsed.certificate] : [];
  });
}

/** The bundles that Eventing hands to senders: the label has to say "true", and binaryData counts too (eventing pkg/eventingtls). */
export function eventingBundles(view: View<"ConfigMap">): readonly KubeObject[] {
  const { eventing } = view.environment.namespaces;
  return view
    .all("ConfigMap")
    .filter((one) => one.namespace === eventing && one.labels.get(trustBundleLabel) === "true");
}

function certificatesInBundle(bundle: KubeObject): readonly Certificate[] {
  const binary = [...strings(bundle.raw, "binaryData").values()].map((value) =>
    Buffer.from(value, "base64").toString("latin1"),
  );
  return [...strings(bundle.raw, "data").values(), ...binary].flatMap(certificatesInText);
}

/** How a sender judges a server; CAs in the image of the sender are not known here. */
export function verifyWith(
  [leaf, ...others]: readonly [Certificate, ...Certificate[]],
  host: string,
  trust: { readonly caCerts: readonly Certificate[]; readonly bundles: readonly KubeObject[] },
  now: Date,
): Verdict & { readonly evidence: readonly string[] } {
  const roots = makePool([...trust.caCerts, ...trust.bundles.flatMap(certificatesInBundle)]);
  const verdict = goHandshake(leaf, { roots, intermediates: makePool(others), dnsName: host, now });
  const evidence = verdict.tried.flatMap(({ path, problem }) => {
    const last = path.at(-1);
    return problem && last ? [`${title(last)} ${problem.why}`] : [];
  });
  return { ...verdict, evidence };
}
