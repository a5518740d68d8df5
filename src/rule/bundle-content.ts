import { trustBundleLabel } from "../model/knative/trust-bundle.ts";
import { compare } from "../model/inventory.ts";
import type { KubeObject } from "../model/object.ts";
import { appendCerts } from "../trust/readers/append-certs.ts";
import type { Certificate } from "../pki/certificate/certificate.ts";
import { binaryDataOf, dataOf, type KeyText } from "../trust/stores/texts.ts";
import { inputOf } from "../trust/stores/bundles.ts";
import type { StoreInput } from "../trust/stores/store.ts";

export function isBundle({ labels }: KubeObject): boolean {
  return labels.has(trustBundleLabel);
}

/** The keys of a ConfigMap's `data` or `binaryData` that hold certificates, read as Go does. */
export function certificateKeys(
  configMap: KubeObject,
  field: "data" | "binaryData" = "data",
): readonly StoreInput[] {
  const texts: readonly KeyText[] = field === "data" ? dataOf(configMap) : binaryDataOf(configMap);
  return texts
    .map((text) => inputOf(text, appendCerts))
    .filter(({ reading }) => reading.kept.length > 0);
}

/** SHA-256 of the certificates in them. */
export function fingerprintsIn(inputs: readonly StoreInput[]): ReadonlySet<string> {
  return new Set(
    inputs.flatMap(({ reading }) => reading.kept.map(({ certificate }) => certificate.fingerprint)),
  );
}

/** What people know a certificate by. */
export function certificateName({ subject, names, fingerprint }: Certificate): string {
  return subject.text || names.dns[0] || `the certificate with SHA-256 ${fingerprint.slice(0, 16)}`;
}

/** Namespaces, sorted, each once. */
export function namespacesOf(objects: readonly KubeObject[]): readonly string[] {
  return [...new Set(objects.map(({ namespace }) => namespace))].toSorted(compare);
}
