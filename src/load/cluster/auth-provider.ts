import type { RequestOptions } from "node:https";
import { KubeConfig } from "@kubernetes/client-node";
import { dig, record, text } from "../../model/json.ts";
import { ClusterError } from "./cluster-error.ts";
import type { Credentials } from "./exec-plugin.ts";
import type { Target } from "./target.ts";

/** Signs in through an `auth-provider` of the kubeconfig, such as OpenID Connect with its refresh tokens. */
export async function providedCredentials(target: Target): Promise<Credentials> {
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: target.name, server: "https://localhost", skipTLSVerify: false }],
    users: [
      {
        name: target.userName,
        authProvider: { ...record(target.user, "auth-provider"), config: providerConfig(target) },
      },
    ],
    contexts: [{ name: target.name, cluster: target.name, user: target.userName }],
    currentContext: target.name,
  });
  const options: RequestOptions = { headers: {} };
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    throw new ClusterError(
      "unreachable",
      `Unable to connect to the server: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const authorization = dig(
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a header is a text, whatever else the type allows
    options.headers as Record<string, string>,
    "Authorization",
  );
  if (typeof authorization !== "string")
    throw new ClusterError(
      "unreachable",
      `Unable to connect to the server: auth provider ${text(target.user, "auth-provider", "name") ?? ""} gave no token`,
      "Sign in again with the tool that wrote the kubeconfig.",
    );
  return { headers: { authorization } };
}

function providerConfig(target: Target): Record<string, unknown> {
  return { ...record(target.user, "auth-provider", "config") };
}
