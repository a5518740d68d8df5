import { dig, list, stringList } from "../../model/json.ts";
import { objectsIn, type World } from "../world.ts";

const flag = "--trust-namespace";

/** Where trust-manager reads the sources of Bundles: as stated, as the flag of its Deployment says, else its default. */
export function trustNamespace(world: World): { readonly name: string; readonly sure: boolean } {
  const stated = world.origin.environment.namespaces.trust;
  if (stated !== undefined) return { name: stated, sure: true };
  const manager = objectsIn(world, "Deployment").find(({ labels }) =>
    ["trust-manager", "cert-manager-trust-manager"].includes(
      labels.get("app.kubernetes.io/name") ?? "",
    ),
  );
  const [container] = list(dig(manager?.raw, "spec", "template", "spec"), "containers");
  const args = stringList(container, "args");
  const index = args.findIndex((arg) => arg === flag || arg.startsWith(`${flag}=`));
  const value = args[index]?.includes("=") ? args[index]?.slice(flag.length + 1) : args[index + 1];
  if (index !== -1 && value) return { name: value, sure: true };
  return { name: "cert-manager", sure: manager !== undefined };
}
