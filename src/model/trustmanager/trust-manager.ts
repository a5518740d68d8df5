import { defineFact } from "../fact.ts";
import { dig, list, stringList } from "../json.ts";
import type { KubeObject } from "../object.ts";
import { isTrustManager } from "../components.ts";
import { parseBool } from "../go/strconv.ts";
import type { Known } from "../known.ts";
import { atLeast } from "../versions.ts";

/** Where trust-manager reads the sources of Bundles, and where it may write their targets. */
export interface TrustManager {
  readonly namespace: string;
  /** False where nothing in the input says so and the default is assumed. */
  readonly sure: boolean;
  /** --target-namespaces: undefined means every namespace. */
  readonly targets: ReadonlySet<string> | undefined;
  /** --filter-expired-certificates: what has run out when a Bundle is synced is left out; nothing is synced for that. */
  readonly leavesOutExpired: boolean;
  /** --filter-non-ca-certs */
  readonly leavesOutLeaves: boolean;
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
      leavesOutExpired: isSet(deployment, "--filter-expired-certificates"),
      leavesOutLeaves: isSet(deployment, "--filter-non-ca-certs"),
    };
  },
});

/** A source may lie in `binaryData` of a ConfigMap from 0.24 on (pkg/bundle/internal/source/source.go). */
export function readsBinaryData(release: Known<string>): boolean | undefined {
  return release.known ? atLeast(release.value, "0.24") : undefined;
}

function argumentsOf(deployment: KubeObject | undefined): readonly string[] {
  const [container] = list(dig(deployment?.raw, "spec", "template", "spec"), "containers");
  return stringList(container, "args");
}

/** A flag without a value of its own; the last one counts. */
function isSet(deployment: KubeObject | undefined, flag: string): boolean {
  const last = argumentsOf(deployment).findLast(
    (arg) => arg === flag || arg.startsWith(`${flag}=`),
  );
  return last === flag || parseBool(last?.slice(flag.length + 1) ?? "") === true;
}

function flagOf(deployment: KubeObject, flag: string): string | undefined {
  const args = argumentsOf(deployment);
  const index = args.findIndex((arg) => arg === flag || arg.startsWith(`${flag}=`));
  const found = args[index]?.includes("=") ? args[index].slice(flag.length + 1) : args[index + 1];
  if (index === -1 || !found) return undefined;
  return found.replaceAll(/\$\((?:POD_NAMESPACE|NAMESPACE)\)/g, deployment.namespace);
}
