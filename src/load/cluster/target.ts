import { readFileSync } from "node:fs";
import { nearest } from "../../model/near.ts";
import { dig, record, text, type JsonObject } from "../../model/json.ts";
import { misconfigured } from "./cluster-error.ts";
import type { ConnectionFlags } from "./flags.ts";
import type { Kubeconfig } from "./kubeconfig.ts";

/** One cluster and how to speak to it, resolved from flags and kubeconfig, before anything was asked. */
export interface Target {
  /** The context, which is how the user calls this cluster. */
  readonly name: string;
  /** Of the context, for what names none. */
  readonly namespace: string | undefined;
  readonly server: URL;
  readonly ca: string | undefined;
  readonly insecure: boolean;
  readonly tlsServerName: string | undefined;
  readonly proxyUrl: string | undefined;
  readonly compress: boolean;
  /** The cluster's entry in the kubeconfig, for credential plugins that want to know. */
  readonly cluster: JsonObject;
  readonly userName: string;
  /** The user's entry in the kubeconfig, with what flags set on top. */
  readonly user: JsonObject;
}

/** The contexts to look at: those named, or every one, or the current one ("" where there is none). */
export function contextNames(
  kubeconfig: Kubeconfig,
  named: readonly string[],
  all: boolean,
): readonly string[] {
  if (all) {
    if (kubeconfig.contexts.size === 0) throw misconfigured("the kubeconfig has no contexts");
    return [...kubeconfig.contexts.keys()].toSorted();
  }
  const names = named.length > 0 ? [...new Set(named)] : [kubeconfig.currentContext];
  for (const name of names) {
    if (name === "" || kubeconfig.contexts.has(name)) continue;
    throw misconfigured(
      named.length > 0
        ? `context "${name}" does not exist`
        : `context was not found for specified context: ${name}`,
      choices(name, kubeconfig.contexts),
    );
  }
  return names;
}

/** Puts the flags over the context as kubectl does (client-go tools/clientcmd/client_config.go). */
export function targetOf(kubeconfig: Kubeconfig, context: string, flags: ConnectionFlags): Target {
  const entry = kubeconfig.contexts.get(context) ?? {};
  const cluster = entryOf(kubeconfig.clusters, "cluster", flags.cluster, text(entry, "cluster"));
  const userName = flags.user ?? text(entry, "user") ?? "";
  const user = {
    ...entryOf(kubeconfig.users, "auth info", flags.user, text(entry, "user")),
    ...userFlags(flags),
  };
  const trust = trustOf(cluster, flags);
  const secure =
    trust.ca !== undefined || trust.insecure || dig(user, "client-certificate-data") !== undefined;
  return {
    name: context || "default",
    namespace: text(entry, "namespace"),
    server: serverUrl(flags.server || text(cluster, "server") || nowhere, secure),
    ...trust,
    tlsServerName: tlsServerNameOf(cluster, flags),
    proxyUrl: text(cluster, "proxy-url") || undefined,
    compress: !flags.disableCompression && dig(cluster, "disable-compression") !== true,
    cluster,
    userName,
    user,
  };
}

/** Where kubectl looks when nothing says where. */
const nowhere = "http://localhost:8080";

/** Another server is not expected to have the name of the one in the kubeconfig. */
function tlsServerNameOf(cluster: JsonObject, flags: ConnectionFlags): string | undefined {
  if (flags.tlsServerName !== undefined) return flags.tlsServerName;
  return flags.server === undefined ? text(cluster, "tls-server-name") || undefined : undefined;
}

function entryOf(
  entries: ReadonlyMap<string, JsonObject>,
  what: string,
  flag: string | undefined,
  ofContext: string | undefined,
): JsonObject {
  const name = flag ?? ofContext ?? "";
  const entry = entries.get(name);
  if (entry) return entry;
  if (name === "") return {};
  throw misconfigured(`${what} "${name}" does not exist`, choices(name, entries));
}

function choices(name: string, entries: ReadonlyMap<string, JsonObject>): string {
  const all = [...entries.keys()].toSorted();
  if (all.length === 0) return "The kubeconfig has none.";
  const meant = nearest(name, all);
  return `${meant === undefined ? "" : `Did you mean ${meant}? `}There are: ${all.join(", ")}.`;
}

function trustOf(
  cluster: JsonObject,
  flags: ConnectionFlags,
): { readonly ca: string | undefined; readonly insecure: boolean } {
  const overridden = flags.insecureSkipTlsVerify === true || Boolean(flags.certificateAuthority);
  const insecure = overridden
    ? flags.insecureSkipTlsVerify === true
    : dig(cluster, "insecure-skip-tls-verify") === true;
  const ca = overridden
    ? fileContent(flags.certificateAuthority)
    : (decoded(cluster, "certificate-authority-data") ??
      fileContent(text(cluster, "certificate-authority")));
  if (insecure && ca !== undefined)
    throw misconfigured(
      "specifying a root certificates file with the insecure flag is not allowed",
    );
  return { ca, insecure };
}

/** What the flags say about the user, in the words of a kubeconfig. */
function userFlags(flags: ConnectionFlags): JsonObject {
  const extra = flags.asUserExtra.map((pair) => {
    const [key = "", ...value] = pair.split("=");
    return [key, value.join("=")] as const;
  });
  const groups = flags.asGroups.length > 0 ? { "as-groups": flags.asGroups } : {};
  const entries: readonly (readonly [string, string | undefined])[] = [
    ["client-certificate-data", base64(fileContent(flags.clientCertificate))],
    ["client-key-data", base64(fileContent(flags.clientKey))],
    ["token", flags.token],
    ["username", flags.username],
    ["password", flags.password],
    ["as", flags.as],
    ["as-uid", flags.asUid],
  ];
  return {
    ...Object.fromEntries(
      entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined),
    ),
    ...groups,
    ...(extra.length > 0 && {
      "as-user-extra": Object.fromEntries(
        [...new Set(extra.map(([key]) => key))].map((key) => [
          key,
          extra.filter(([one]) => one === key).map(([, value]) => value),
        ]),
      ),
    }),
  };
}

/** A value that the kubeconfig holds itself, in base64. */
export function decoded(entry: JsonObject, key: string): string | undefined {
  const value = text(entry, key);
  return value ? Buffer.from(value, "base64").toString("utf8") : undefined;
}

/** The content of a file that a flag or the kubeconfig names. */
export function fileContent(path: string | undefined): string | undefined {
  if (!path) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    throw misconfigured(
      code === "ENOENT"
        ? `unable to read ${path}: open ${path}: no such file or directory`
        : `unable to read ${path}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function base64(value: string | undefined): string | undefined {
  return value === undefined ? undefined : Buffer.from(value).toString("base64");
}

/** A server without a scheme is spoken to in TLS where anything says how (client-go rest.DefaultServerURL). */
function serverUrl(address: string, secure: boolean): URL {
  const whole = /^https?:\/\//.test(address)
    ? address
    : `${secure ? "https" : "http"}://${address}`;
  try {
    return new URL(whole);
  } catch {
    throw misconfigured(`invalid server address ${address}`);
  }
}

/** The extension that a credential plugin is handed (client.authentication.k8s.io/exec). */
export function execExtension(cluster: JsonObject): JsonObject | undefined {
  const extensions = dig(cluster, "extensions");
  const found = Array.isArray(extensions)
    ? extensions.find((one) => text(one, "name") === "client.authentication.k8s.io/exec")
    : undefined;
  return found === undefined ? undefined : record(found, "extension");
}
