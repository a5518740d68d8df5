import type { Source } from "../../model/fact.ts";
import { configMapsIn, binaryDataOf, dataOf, type KeyText } from "./texts.ts";

const trustBundleLabel = "networking.knative.dev/trust-bundle";

/** The bundles that a component finds in a namespace. */
export interface Bundles {
  readonly texts: readonly KeyText[];
  /** Why there may be more; undefined where these are all. */
  readonly open: string | undefined;
}

/** How a component finds bundles: Serving by the key of the label, Eventing by its value and in `binaryData` too. */
export interface Search {
  readonly namespace: string;
  readonly selects: (value: string) => boolean;
  readonly binaryData: boolean;
}

export const byServing = (namespace: string): Search => ({
  namespace,
  selects: () => true,
  binaryData: false,
});

export function bundlesFor(source: Source, { namespace, selects, binaryData }: Search): Bundles {
  const found = configMapsIn(source, namespace).filter(({ labels }) => {
    const value = labels.get(trustBundleLabel);
    return value !== undefined && selects(value);
  });
  const knowledge = source.knowledge("ConfigMap", namespace);
  return {
    texts: found.flatMap((one) => [...dataOf(one), ...(binaryData ? binaryDataOf(one) : [])]),
    open:
      knowledge.state === "complete"
        ? undefined
        : `namespace ${namespace} may have more labelled ConfigMaps: ${knowledge.why}`,
  };
}
