import { known, type Known } from "../known.ts";
import { at } from "../object.ts";
import type { Inside, Place } from "../place.ts";
import { pointer } from "../pointer.ts";
import {
  decodeReference,
  defaultReference,
  isDecodeError,
  type DecodedReference,
  type DecodeError,
  type ReferenceTarget,
} from "./issuer-reference.ts";
import { issuerReferenceKeys, type IssuerReferenceKey } from "./nested-keys.ts";
import { holderOf, placeOf, type Entry, type Settings } from "./settings.ts";

/** One of the three references to an issuer, as Knative resolves it. */
export interface IssuerReference {
  readonly key: IssuerReferenceKey;
  /** Undefined where the key is absent and the default holds. */
  readonly entry: Entry | undefined;
  readonly target: ReferenceTarget;
  /** Undefined where the key is absent. */
  readonly decoded: DecodedReference | undefined;
}

/** A reference that Go cannot decode; the serving controller does not start with it. */
interface BrokenReference {
  readonly key: IssuerReferenceKey;
  readonly entry: Entry;
  readonly error: DecodeError;
}

export interface CertManagerConfig {
  readonly settings: Settings;
  readonly references: readonly IssuerReference[];
  /** When this is not empty, the whole ConfigMap is refused (NewCertManagerConfigFromConfigMap returns the first error). */
  readonly broken: readonly BrokenReference[];
}

export function readCertManagerConfig(settings: Settings): CertManagerConfig {
  const references: IssuerReference[] = [];
  const broken: BrokenReference[] = [];
  for (const key of issuerReferenceKeys) {
    const entry = settings.entries.get(key);
    if (!entry?.nested) {
      references.push({ key, entry, target: defaultReference, decoded: undefined });
      continue;
    }
    const decoded = decodeReference(entry.nested);
    if (isDecodeError(decoded)) broken.push({ key, entry, error: decoded });
    else references.push({ key, entry, target: decoded.target, decoded });
  }
  return { settings, references, broken };
}

/** The reference under `key`, or why it has none: the ConfigMap as a whole does not decode. */
export function referenceOf(
  config: CertManagerConfig,
  key: IssuerReferenceKey,
): Known<IssuerReference> {
  const [first] = config.broken;
  if (first)
    return {
      known: false,
      why: `config-certmanager does not decode: ${first.key}: ${first.error.message}`,
    };
  const reference = config.references.find((one) => one.key === key);
  return known(
    reference ?? { key, entry: undefined, target: defaultReference, decoded: undefined },
  );
}

/** The best place to point at: a field of the reference, else the reference, else the data of its ConfigMap. */
export function placeOfReference(
  config: CertManagerConfig,
  reference: IssuerReference,
  field?: "name" | "kind" | "group",
): Place | undefined {
  const { entry, decoded } = reference;
  const holder = holderOf(config.settings);
  if (!entry)
    return holder && at(holder, holder.kind === "ConfigMap" ? ["data"] : ["spec", "config"], "key");
  const spelled = field && decoded?.fields[field]?.spelled;
  return placeOf(entry, "value", spelled === undefined ? undefined : insideKey(spelled));
}

function insideKey(key: string): Inside {
  return { pointer: pointer(key), part: "value" };
}
