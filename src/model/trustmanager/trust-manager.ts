import { defineFact } from "../fact.ts";
import { dig, list, stringList } from "../json.ts";
import type { KubeObject } from "../object.ts";
import { isTrustManager } from "../components.ts";

/** Where trust-manager reads the sources of Bundles, and where it may write their targets. */
export interface TrustManager {
  readonly namespace: string;
  /** False where nothing in the input says so and the default is assumed. */
  readonly sure: boolean;
  /** --target-namespaces: undefined means every namespace. */
  readonly targets: ReadonlySet<string> | undefined;
}

const plainInstallation = "cert-manager";

/** trust-manager cmd/trust-manager/app/options: the flags of its Deployment, and their defaults. */
export const trustManager = defineFact<TrustManager>({
  name: "trustManager",
  reads: ["Deployment"],
  from: [],
  derive: (source) => {
    const deployment = source.all("Deployment").find(isTrustManager);
    const stated = source.environment.namespaces.trust;
    const written = deployment && flagOf(deployment, "--trust-namespace");
    const targets = deployment && flagOf(deployment, "--target-namespaces");
    return {
      namespace: stated ?? written ?? plainInstallation,
      sure: stated !== undefined || deployment !== undefined,
      targets: targets ? new Set(targets.split(",").map((name) => name.trim())) : undefined,
    };
  },
});

function flagOf(deployment: KubeObject, flag: string): string | undefined {
  const [container] = list(dig(deployment.raw, "spec", "template", "spec"), "containers");
  const args = stringList(container, "args");
  const index = args.findIndex((arg) => arg === flag || arg.startsWith(`${flag}=`));
  const found = args[index]?.includes("=") ? args[index].slice(flag.length + 1) : args[index + 1];
  if (index === -1 || !found) return undefined;
  return found.replaceAll(/\$\((?:POD_NAMESPACE|NAMESPACE)\)/g, deployment.namespace);
}
