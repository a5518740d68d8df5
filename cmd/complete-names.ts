import { homedir } from "node:os";
import { noConnectionFlags } from "../src/load/cluster/flags.ts";
import { kinds } from "../src/model/kinds.ts";
import { explicableKind } from "./explain-topic.ts";
import type { Io } from "./io.ts";

/** The value that an option has further left on the line. */
function valueOf(before: readonly string[], ...names: readonly string[]): string | undefined {
  const joined = before.find((word) => names.some((name) => word.startsWith(`${name}=`)));
  if (joined !== undefined) return joined.slice(joined.indexOf("=") + 1);
  const at = before.findIndex((word) => names.includes(word));
  return at < 0 ? undefined : before[at + 1];
}

const surroundingsOf = (io: Io) => ({
  env: io.env,
  home: io.env["HOME"] ?? homedir(),
  stdinIsTerminal: false,
  warn: () => {},
});

export async function kubeconfigNames(
  entry: "contexts" | "clusters" | "users",
  before: readonly string[],
  io: Io,
): Promise<readonly string[]> {
  const { namesInKubeconfig } = await import("../src/load/cluster/names.ts");
  const kubeconfig = valueOf(before, "--kubeconfig");
  return namesInKubeconfig(entry, { kubeconfig }, surroundingsOf(io));
}

export async function namespacesNamed(
  before: readonly string[],
  io: Io,
): Promise<readonly string[]> {
  return clusterNames({ apiVersion: "v1", plural: "namespaces" }, undefined, before, io);
}

/** KIND/NAME of every object of the kind that is typed. */
export async function objectsLike(
  typed: string,
  before: readonly string[],
  io: Io,
): Promise<readonly string[]> {
  const written = typed.slice(0, typed.indexOf("/"));
  const kind = explicableKind(written);
  if (!kind) return [];
  const { group, versions, plural } = kinds[kind];
  const apiVersion = group === "" ? versions[0] : `${group}/${versions[0]}`;
  const namespace = valueOf(before, "--namespace", "-n");
  const names = await clusterNames({ apiVersion, plural }, namespace, before, io);
  return names.map((name) => `${written}/${name}`);
}

async function clusterNames(
  resource: { readonly apiVersion: string; readonly plural: string },
  namespace: string | undefined,
  before: readonly string[],
  io: Io,
): Promise<readonly string[]> {
  const { namesInCluster } = await import("../src/load/cluster/names.ts");
  const context = valueOf(before, "--context");
  const request = {
    flags: { ...noConnectionFlags, kubeconfig: valueOf(before, "--kubeconfig") },
    contexts: context === undefined ? [] : [context],
  };
  return namesInCluster(resource, namespace, request, surroundingsOf(io));
}
