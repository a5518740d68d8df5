import type { OutgoingHttpHeaders } from "node:http";
import { dig, isObject, record, stringList, text, type JsonObject } from "../../model/json.ts";
import { misconfigured } from "./cluster-error.ts";
import { execCredentials, type Credentials } from "./exec-plugin.ts";
import type { Surroundings } from "./surroundings.ts";
import { decoded, fileContent, type Target } from "./target.ts";

const providers = new Set(["oidc"]);

/**
 * What the user's entry says to send: a token, a password, a certificate, whom to impersonate; credential plugins
 * are run. Asked again when the server no longer takes what it gave.
 */
export async function credentialsOf(
  target: Target,
  surroundings: Surroundings,
): Promise<Credentials> {
  const plugged = await fromPlugin(target, surroundings);
  const pair = keyPair(target.user);
  return {
    headers: { ...plugged.headers, ...authorization(target.user), ...impersonation(target.user) },
    ...pair,
    ...(plugged.cert && plugged.key && { cert: plugged.cert, key: plugged.key }),
  };
}

function authorization(user: JsonObject): OutgoingHttpHeaders {
  const token = text(user, "token") ?? fileContent(text(user, "tokenFile"))?.trim();
  const username = text(user, "username");
  if (token && username)
    throw misconfigured("username/password or bearer token may be set, but not both");
  if (token) return { authorization: `Bearer ${token}` };
  if (!username) return {};
  const both = `${username}:${text(user, "password") ?? ""}`;
  return { authorization: `Basic ${Buffer.from(both).toString("base64")}` };
}

function keyPair(user: JsonObject): { readonly cert?: string; readonly key?: string } {
  const cert =
    decoded(user, "client-certificate-data") ?? fileContent(text(user, "client-certificate"));
  const key = decoded(user, "client-key-data") ?? fileContent(text(user, "client-key"));
  return cert && key ? { cert, key } : {};
}

/** True where asking again can give other credentials. */
export function renewable(target: Target): boolean {
  return isObject(dig(target.user, "exec")) || text(target.user, "tokenFile") !== undefined;
}

async function fromPlugin(target: Target, surroundings: Surroundings): Promise<Credentials> {
  const exec = record(target.user, "exec");
  if (text(exec, "command")) return execCredentials(target, exec, surroundings);
  const provider = text(target.user, "auth-provider", "name");
  if (provider === undefined) return { headers: {} };
  if (!providers.has(provider))
    throw misconfigured(
      `no Auth Provider found for name "${provider}"`,
      "Use a credential plugin (users[].user.exec), as kubectl since 1.26 does.",
    );
  return (await import("./auth-provider.ts")).providedCredentials(target);
}

/** Headers of client-go transport/round_trippers.go; keys of extra are escaped as there. */
function impersonation(user: JsonObject): OutgoingHttpHeaders {
  const name = text(user, "as");
  const groups = stringList(user, "as-groups");
  const extra = Object.keys(record(user, "as-user-extra"));
  const uid = text(user, "as-uid");
  if (!name) {
    if (groups.length > 0 || extra.length > 0 || uid !== undefined)
      throw misconfigured(
        "requesting uid, groups or user-extra for someone without impersonating a user",
        "--as NAME says whom.",
      );
    return {};
  }
  return {
    "Impersonate-User": name,
    ...(uid !== undefined && { "Impersonate-Uid": uid }),
    ...(groups.length > 0 && { "Impersonate-Group": [...groups] }),
    ...Object.fromEntries(
      extra.map((key) => [
        `Impersonate-Extra-${encodeURIComponent(key)}`,
        [...stringList(user, "as-user-extra", key)],
      ]),
    ),
  };
}
