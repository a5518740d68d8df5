import type { Ask, Source } from "../../model/fact.ts";
import { trustBundleLabel } from "../../model/knative/trust-bundle.ts";
import type { Read } from "../readers/reading.ts";
import { madeByBundles } from "./made-by-bundles.ts";
import type { Search } from "./search.ts";
import type { StoreInput } from "./store.ts";
import { binaryDataOf, configMapsIn, dataOf, type KeyText } from "./texts.ts";

/** The bundles that a component finds in a namespace. */
export interface Bundles {
  readonly inputs: readonly StoreInput[];
  /** Why there may be more; undefined where these are all. */
  readonly open: string | undefined;
}

/** Labelled ConfigMaps, and those that trust-manager will make; what it makes takes the place of what is there. */
export function bundlesFor(source: Source, ask: Ask, search: Search): Bundles {
  const { namespace, selects, binaryData, read } = search;
  const made = madeByBundles(source, ask, search);
  const replaced = new Set(made.inputs.map(({ object, key }) => `${object.name} ${key}`));
  const texts = configMapsIn(source, namespace)
    .filter(({ labels }) => {
      const value = labels.get(trustBundleLabel);
      return value !== undefined && selects(value);
    })
    .flatMap((one) => [...dataOf(one), ...(binaryData ? binaryDataOf(one) : [])])
    .filter(({ object, key }) => !replaced.has(`${object.name} ${key}`));
  const knowledge = source.knowledge("ConfigMap", namespace);
  const more =
    knowledge.state === "complete"
      ? []
      : [`namespace ${namespace} may have more labelled ConfigMaps: ${knowledge.why}`];
  return {
    inputs: [...texts.map((text) => inputOf(text, read)), ...made.inputs],
    open: [...made.open, ...more][0],
  };
}

export function inputOf({ object, key, text, place, isText }: KeyText, read: Read): StoreInput {
  return { object, key, place, isText, reading: read(text) };
}
