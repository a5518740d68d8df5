import { defineFact } from "../fact.ts";
import { strings } from "../json.ts";
import type { KubeObject } from "../object.ts";
import type { Place } from "../place.ts";
import { isCertManagerController } from "../components.ts";
import { argumentsOf, flagOf, placeOfArguments } from "./controller-flags.ts";

/** The namespace in which cert-manager reads the Secrets of ClusterIssuers. */
export interface ResourceNamespace {
  readonly name: string;
  /** False where nothing in the input says so and the namespace of a plain installation is assumed. */
  readonly sure: boolean;
  readonly how: string;
  readonly place: Place | undefined;
}

/** The code default of --cluster-resource-namespace; charts and manifests set the controller's own namespace. */
const codeDefault = "kube-system";
const plainInstallation = "cert-manager";
const flag = "--cluster-resource-namespace";

/** Resolved as a person would: the flag of the controller's Deployment, $(POD_NAMESPACE) being its own namespace. */
export const resourceNamespace = defineFact<ResourceNamespace>({
  name: "resourceNamespace",
  reads: ["Deployment"],
  from: [],
  derive: (source) => {
    const stated = source.environment.namespaces.clusterResource;
    if (stated !== undefined)
      return { name: stated, sure: true, how: "as configured", place: undefined };
    const controller = source.all("Deployment").find(isCertManagerController);
    if (controller) return fromController(controller);
    return {
      name: plainInstallation,
      sure: false,
      how: "the namespace of a plain installation of cert-manager",
      place: undefined,
    };
  },
});

function fromController(controller: KubeObject): ResourceNamespace {
  const place = placeOfArguments(controller);
  const value = flagOf(controller, flag);
  if (value === undefined) {
    if (argumentsOf(controller).some((arg) => arg.startsWith("--config")))
      return {
        name: controller.namespace,
        sure: false,
        how: "its configuration file is not read; assumed to be its own namespace",
        place,
      };
    return {
      name: codeDefault,
      sure: true,
      how: `${flag} is not set, and ${codeDefault} is its default`,
      place,
    };
  }
  const name = value.replaceAll(/\$\((?:POD_NAMESPACE|NAMESPACE)\)/g, controller.namespace);
  const resolved = !/\$\(/.test(name) && name !== "";
  return {
    name: resolved ? name : controller.namespace,
    sure: resolved,
    how: `${flag}=${value} of its controller`,
    place,
  };
}

/** The data keys of a Secret, from both fields that can hold them. */
export function secretKeys(secret: KubeObject): ReadonlySet<string> {
  return new Set([
    ...strings(secret.raw, "data").keys(),
    ...strings(secret.raw, "stringData").keys(),
  ]);
}
