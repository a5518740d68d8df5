import { spawn } from "node:child_process";
import type { OutgoingHttpHeaders } from "node:http";
import { basename } from "node:path";
import {
  dig,
  isObject,
  list,
  stringList,
  text,
  type Json,
  type JsonObject,
} from "../../model/json.ts";
import { misconfigured, ClusterError } from "./cluster-error.ts";
import type { Surroundings } from "./surroundings.ts";
import { decoded, execExtension, fileContent, type Target } from "./target.ts";

/** What an authenticator gives to put on a connection. */
export interface Credentials {
  readonly headers: OutgoingHttpHeaders;
  readonly cert?: string;
  readonly key?: string;
}

/** Runs a credential plugin as kubectl does (client-go plugin/pkg/client/auth/exec/exec.go). */
export async function execCredentials(
  target: Target,
  exec: JsonObject,
  surroundings: Surroundings,
): Promise<Credentials> {
  const command = text(exec, "command") ?? "";
  const apiVersion = text(exec, "apiVersion") ?? "";
  const interactive = isInteractive(target, exec, surroundings);
  const info = {
    kind: "ExecCredential",
    apiVersion,
    spec: {
      ...(dig(exec, "provideClusterInfo") === true && { cluster: clusterInfo(target) }),
      interactive,
    },
  };
  const env = {
    ...surroundings.env,
    ...Object.fromEntries(
      list(exec, "env").map((entry) => [text(entry, "name") ?? "", text(entry, "value") ?? ""]),
    ),
    KUBERNETES_EXEC_INFO: JSON.stringify(info),
  };
  const args = stringList(exec, "args");
  const { code, output } = await run(command, args, env, interactive, text(exec, "installHint"));
  if (code !== 0)
    throw failed(`exec: executable ${basename(command)} failed with exit code ${String(code)}`);
  return credentialsIn(parse(output, command), apiVersion);
}

function failed(why: string): ClusterError {
  return new ClusterError(
    "unreachable",
    `Unable to connect to the server: getting credentials: ${why}`,
  );
}

function isInteractive(
  target: Target,
  exec: JsonObject,
  { stdinIsTerminal }: Surroundings,
): boolean {
  const mode = text(exec, "interactiveMode") ?? "";
  const version = text(exec, "apiVersion") ?? "";
  if (mode === "" && version === "client.authentication.k8s.io/v1")
    throw misconfigured(
      `interactiveMode must be specified for ${target.userName} to use exec authentication plugin`,
    );
  if (mode === "Never") return false;
  if (mode === "Always" && !stdinIsTerminal)
    throw failed("exec plugin cannot support interactive mode: standard input is not a terminal");
  return stdinIsTerminal;
}

function clusterInfo(target: Target): JsonObject {
  const config = execExtension(target.cluster);
  const authority =
    decoded(target.cluster, "certificate-authority-data") ??
    fileContent(text(target.cluster, "certificate-authority"));
  return {
    server: target.server.href.replace(/\/$/, ""),
    ...(target.tlsServerName !== undefined && { "tls-server-name": target.tlsServerName }),
    ...(target.insecure && { "insecure-skip-tls-verify": true }),
    ...(authority !== undefined && {
      "certificate-authority-data": Buffer.from(authority).toString("base64"),
    }),
    ...(target.proxyUrl !== undefined && { "proxy-url": target.proxyUrl }),
    ...(config && { config }),
  };
}

/** The plugin's standard error is the user's; its standard input only where it may ask something. */
function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  interactive: boolean,
  hint: string | undefined,
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      env: { ...env },
      stdio: [interactive ? "inherit" : "ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (part: string) => {
      output += part;
    });
    child.on("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "ENOENT"
          ? new ClusterError(
              "unreachable",
              `Unable to connect to the server: getting credentials: exec: executable ${command} not found`,
              `${hint ?? ""}\nIt looks like you are trying to use a client-go credential plugin that is not installed.`.trim(),
            )
          : failed(`exec: ${error.message}`),
      );
    });
    child.on("close", (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}

function parse(output: string, command: string): JsonObject {
  let value: Json;
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JSON.parse gives is Json
    value = JSON.parse(output) as Json;
  } catch {
    throw failed(`decoding stdout: ${basename(command)} printed no JSON`);
  }
  if (!isObject(value)) throw failed(`decoding stdout: ${basename(command)} printed no object`);
  return value;
}

function credentialsIn(credential: JsonObject, apiVersion: string): Credentials {
  const returned = text(credential, "apiVersion") ?? "";
  if (apiVersion !== "" && returned !== apiVersion)
    throw failed(
      `exec plugin is configured to use API version ${apiVersion}, plugin returned version ${returned}`,
    );
  const token = text(credential, "status", "token");
  const cert = text(credential, "status", "clientCertificateData");
  const key = text(credential, "status", "clientKeyData");
  if (!isObject(dig(credential, "status")))
    throw failed("exec plugin didn't return a status field");
  if (!token && !cert && !key) throw failed("exec plugin didn't return a token or cert/key pair");
  if (Boolean(cert) !== Boolean(key))
    throw failed("exec plugin returned only certificate or key, not both");
  return {
    headers: token ? { authorization: `Bearer ${token}` } : {},
    ...(cert && key && { cert, key }),
  };
}
