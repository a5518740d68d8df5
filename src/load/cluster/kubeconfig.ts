import { readFileSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { isObject, list, record, text, type JsonObject } from "../../model/json.ts";
import { readDocument } from "../yaml/read.ts";
import { misconfigured } from "./cluster-error.ts";
import type { Surroundings } from "./surroundings.ts";

/** What kubeconfig files say together; entries are as they are written there, with paths made absolute. */
export interface Kubeconfig {
  readonly clusters: ReadonlyMap<string, JsonObject>;
  readonly users: ReadonlyMap<string, JsonObject>;
  readonly contexts: ReadonlyMap<string, JsonObject>;
  readonly currentContext: string;
}

/**
 * Merges as kubectl does (client-go tools/clientcmd/loader.go): the file that was named must exist; of a KUBECONFIG
 * list missing files are passed over, and the first file to have a name or a current context wins.
 */
export function loadKubeconfig(
  named: string | undefined,
  { env, home }: Pick<Surroundings, "env" | "home">,
): Kubeconfig {
  const files =
    named === undefined
      ? [...new Set(listed(env["KUBECONFIG"], home))].flatMap((path) => read(path, false))
      : read(named, true);
  const merged = {
    clusters: new Map<string, JsonObject>(),
    users: new Map<string, JsonObject>(),
    contexts: new Map<string, JsonObject>(),
  };
  for (const { path, content } of files) {
    const directory = dirname(resolve(path));
    for (const [field, entry] of [
      ["clusters", "cluster"],
      ["users", "user"],
      ["contexts", "context"],
    ] as const) {
      for (const item of list(content, field)) {
        const name = text(item, "name") ?? "";
        if (!merged[field].has(name))
          merged[field].set(name, withAbsolutePaths(record(item, entry), directory));
      }
    }
  }
  const current = files.map(({ content }) => text(content, "current-context")).find(Boolean);
  return { ...merged, currentContext: current ?? "" };
}

function listed(variable: string | undefined, home: string): readonly string[] {
  const paths = (variable ?? "").split(delimiter).filter(Boolean);
  return paths.length > 0 ? paths : [join(home, ".kube", "config")];
}

interface KubeconfigFile {
  readonly path: string;
  readonly content: JsonObject;
}

function read(path: string, mustExist: boolean): readonly KubeconfigFile[] {
  let source: string;
  try {
    source = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      if (!mustExist) return [];
      throw misconfigured(`stat ${path}: no such file or directory`);
    }
    throw misconfigured(error instanceof Error ? error.message : String(error));
  }
  const document = readDocument(source);
  if (!document.ok) throw misconfigured(`error loading config file "${path}": ${document.message}`);
  const content = document.value ?? {};
  if (!isObject(content))
    throw misconfigured(`error loading config file "${path}": it is no mapping`);
  return [{ path, content }];
}

const pathKeys = ["certificate-authority", "client-certificate", "client-key", "tokenFile"];

/** Paths are relative to the file that holds them; so is a credential plugin that is named with a path. */
function withAbsolutePaths(entry: JsonObject, directory: string): JsonObject {
  const absolute = Object.fromEntries(
    pathKeys.flatMap((key) => {
      const path = text(entry, key);
      return path ? [[key, isAbsolute(path) ? path : join(directory, path)]] : [];
    }),
  );
  const command = text(entry, "exec", "command");
  const plugin =
    command?.includes("/") && !isAbsolute(command) ? join(directory, command) : command;
  const exec = plugin === undefined ? {} : { exec: { ...record(entry, "exec"), command: plugin } };
  return { ...entry, ...absolute, ...exec };
}
