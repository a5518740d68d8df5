import { Agent as PlainAgent } from "node:http";
import { Agent } from "node:https";
import { misconfigured } from "./cluster-error.ts";
import type { Credentials } from "./exec-plugin.ts";
import { proxyFromEnvironment } from "./proxy.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Target } from "./target.ts";

/** Connections at a time to one API server; its own fairness starts to queue above that. */
const connections = 6;

/** One agent for a whole run: every list goes over the same few connections. */
export async function agentFor(
  target: Target,
  credentials: Credentials,
  { env }: Surroundings,
  most = connections,
): Promise<PlainAgent> {
  const options = {
    ...tls(target, credentials),
    keepAlive: true,
    keepAliveMsecs: 30_000,
    maxSockets: most,
  };
  const secure = target.server.protocol === "https:";
  const proxy = target.proxyUrl ?? proxyFromEnvironment(target.server, env);
  if (proxy === undefined) return secure ? new Agent(options) : new PlainAgent(options);
  if (/^socks5?h?:/.test(proxy)) {
    const { SocksProxyAgent } = await import("socks-proxy-agent");
    return new SocksProxyAgent(proxy, options);
  }
  if (!/^https?:/.test(proxy))
    throw misconfigured(
      `invalid proxy URL ${proxy}`,
      "It starts with http://, https:// or socks5://.",
    );
  const { HttpProxyAgent, HttpsProxyAgent } = await import("hpagent");
  return secure
    ? new HttpsProxyAgent({ ...options, proxy })
    : new HttpProxyAgent({ ...options, proxy });
}

function tls(target: Target, { cert, key }: Credentials) {
  return {
    ...(target.ca !== undefined && { ca: target.ca }),
    ...(cert !== undefined && key !== undefined && { cert, key }),
    ...(target.tlsServerName !== undefined && { servername: target.tlsServerName }),
    ...(target.insecure && { rejectUnauthorized: false }),
  };
}
