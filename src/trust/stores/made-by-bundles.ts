import type { Ask, Source } from "../../model/fact.ts";
import { at, observed, type KubeObject } from "../../model/object.ts";
import { trustBundleLabel } from "../../model/knative/trust-bundle.ts";
import { secretNameOf } from "../../model/certmanager/certificate.ts";
import {
  bundleSources,
  bundleTarget,
  reaches,
  reads,
  type BundleSource,
  type BundleTarget,
} from "../../model/trustmanager/bundle.ts";
import {
  readsBinaryData,
  trustManager,
  type TrustManager,
} from "../../model/trustmanager/trust-manager.ts";
import { atLeast, versions } from "../../model/versions.ts";
import { bundleSource } from "../readers/trust-manager.ts";
import type { Search } from "./search.ts";
import type { StoreInput } from "./store.ts";
import { binaryDataOf, dataOf, secretTexts, type KeyText } from "./texts.ts";

/** What trust-manager will write into a namespace for Bundles that no cluster has yet. */
export interface Made {
  readonly inputs: readonly StoreInput[];
  readonly open: readonly string[];
}

const none: Made = { inputs: [], open: [] };

/** The targets of a Bundle that was observed are themselves among the objects, and say what it has come to. */
export function madeByBundles(source: Source, ask: Ask, search: Search): Made {
  const manager = ask(trustManager);
  const { trustManager: version } = ask(versions);
  const labelsTargets = !version.known || atLeast(version.value, "0.17");
  const binaryData = readsBinaryData(version);
  const made = source
    .all("Bundle")
    .filter((bundle) => !observed(bundle))
    .map((bundle) => madeBy(bundle, { source, manager, search, labelsTargets, binaryData }));
  return {
    inputs: made.flatMap(({ inputs }) => inputs),
    open: made.flatMap(({ open }) => open),
  };
}

interface Setting {
  readonly source: Source;
  readonly manager: TrustManager;
  readonly search: Search;
  /** trust-manager knows `metadata` of a target. */
  readonly labelsTargets: boolean;
  /** It reads `binaryData` of its sources; undefined: nobody knows. */
  readonly binaryData: boolean | undefined;
}

function madeBy(bundle: KubeObject, setting: Setting): Made {
  const target = bundleTarget(bundle);
  if (!target || !isFound(bundle, target, setting)) return none;
  const { source, manager, search } = setting;
  const reached = reaches(target, search.namespace, source.all("Namespace"), manager);
  if (reached === false) return none;
  const texts = bundleSources(bundle).map((one) => textsOf(bundle, one, setting));
  const open = texts.flatMap((one) => (one.open === undefined ? [] : [one.open]));
  const inputs = texts.flatMap((one) =>
    one.texts.map((text) => inputOf(bundle, target, setting, text)),
  );
  // On a fault in any source trust-manager writes nothing.
  if (texts.some(({ missing }) => missing) || inputs.some(({ reading }) => reading.refused))
    return none;
  if (reached) return { inputs, open };
  return {
    inputs: [],
    open: [`whether Bundle ${bundle.name} reaches namespace ${search.namespace} is not known`],
  };
}

/** The label comes from the Bundle, or is on the ConfigMap already: trust-manager keeps labels it does not know. */
function isFound({ name }: KubeObject, { labels }: BundleTarget, setting: Setting): boolean {
  const { source, search, labelsTargets } = setting;
  const existing = source.find("ConfigMap", search.namespace, name)?.labels.get(trustBundleLabel);
  const value = (labelsTargets ? labels.get(trustBundleLabel) : undefined) ?? existing;
  return value !== undefined && search.selects(value);
}

interface Texts {
  readonly texts: readonly KeyText[];
  readonly open?: string;
  /** trust-manager will not find it. */
  readonly missing?: boolean;
}

function textsOf(bundle: KubeObject, one: BundleSource, setting: Setting): Texts {
  if (one.type === "inLine") {
    const place = at(bundle, one.steps);
    return { texts: [{ object: bundle, key: "inLine", text: one.inLine, place, isText: true }] };
  }
  if (one.type === "defaultCAs")
    return { texts: [], open: `Bundle ${bundle.name} adds the public CAs of its default package` };
  return textsOfObjects(bundle, one, setting);
}

function textsOfObjects(bundle: KubeObject, one: BundleSource, setting: Setting): Texts {
  const { source, manager } = setting;
  const kind = one.type === "secret" ? "Secret" : "ConfigMap";
  const { namespace } = manager;
  const objects = source
    .all(kind)
    .filter((object) => object.namespace === namespace && reads(one, object));
  const found = objects.flatMap((object) =>
    kind === "Secret" ? secretTexts(object).filter(isWanted(one)) : configMapTexts(object, one),
  );
  const what = `${kind} ${namespace}/${one.name ?? "that its selector matches"}`;
  if (kind === "ConfigMap" && !setting.binaryData && found.some(({ isText }) => !isText))
    return withoutBinaryData(found, one, setting, `Bundle ${bundle.name} reads ${what}`);
  if (found.length > 0) return { texts: found };
  if (one.name === undefined)
    return {
      texts: [],
      open: `Bundle ${bundle.name} reads every ${kind} that its selector matches`,
    };
  if (isToBeMade(source, namespace, one.name))
    return { texts: [], open: `Bundle ${bundle.name} reads ${what}, which is not issued yet` };
  const answer = source.lookup(kind, namespace, one.name);
  if (answer.state === "missing" && manager.sure) return { texts: [], missing: true };
  return { texts: [], open: `Bundle ${bundle.name} reads ${what}, whose content is not known` };
}

function withoutBinaryData(
  found: readonly KeyText[],
  { key }: BundleSource,
  { binaryData }: Setting,
  what: string,
): Texts {
  const texts = found.filter(({ isText }) => isText);
  if (binaryData === false) return key === undefined ? { texts } : { texts: [], missing: true };
  const open = `${what}, in binaryData, which trust-manager reads from 0.24 on: its release is not known`;
  return { texts, open };
}

function isWanted({ key: wanted }: BundleSource) {
  return ({ key }: KeyText) => wanted === undefined || key === wanted;
}

/** Of a key that is named, `data` comes first (configMapBundleSource.addToCertPool). */
function configMapTexts(configMap: KubeObject, one: BundleSource): readonly KeyText[] {
  const plain = dataOf(configMap).filter(isWanted(one));
  if (one.key !== undefined && plain.length > 0) return plain;
  return [...plain, ...binaryDataOf(configMap).filter(isWanted(one))];
}

function isToBeMade(source: Source, namespace: string, secret: string): boolean {
  return source
    .all("Certificate")
    .some((one) => one.namespace === namespace && secretNameOf(one) === secret);
}

function inputOf(
  { name }: KubeObject,
  target: BundleTarget,
  { search: { namespace }, manager: { leavesOutExpired, leavesOutLeaves } }: Setting,
  { text, place, isText }: KeyText,
): StoreInput {
  return {
    object: { kind: "ConfigMap", namespace, name },
    key: target.key,
    place,
    isText,
    reading: bundleSource(text, leavesOutLeaves),
    ...(leavesOutExpired && { leavesOutExpired }),
  };
}
