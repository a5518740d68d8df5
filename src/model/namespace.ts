import type { LabelSelector } from "./label-selector.ts";
import type { KubeObject } from "./object.ts";

/** The API server labels every Namespace with its own name, whatever was written. */
const nameLabel = "kubernetes.io/metadata.name";

/** The labels of a Namespace as the API server has them. */
export function labelsOfNamespace({ name, labels }: KubeObject): ReadonlyMap<string, string> {
  return new Map([...labels, [nameLabel, name]]);
}

/** Whether a namespace is selected of which only the name is known; undefined where that does not tell. */
export function selectsByName(selector: LabelSelector, name: string): boolean | undefined {
  if ([...selector.keys].some((key) => key !== nameLabel)) return undefined;
  return selector.matches(new Map([[nameLabel, name]]));
}
