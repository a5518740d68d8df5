import { BlockList, isIP, isIPv6 } from "node:net";

type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy that the environment asks for, by Go's rules (golang.org/x/net http/httpproxy). */
export function proxyFromEnvironment(server: URL, env: Environment): string | undefined {
  const scheme = server.protocol === "https:" ? "HTTPS" : "HTTP";
  const proxy = variable(env, `${scheme}_PROXY`);
  if (!proxy || !usesProxy(server, variable(env, "NO_PROXY") ?? "")) return undefined;
  return /^[a-z0-9+.-]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

function variable(env: Environment, name: string): string | undefined {
  return env[name] || env[name.toLowerCase()] || undefined;
}

function usesProxy(server: URL, exceptions: string): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const port = server.port || (server.protocol === "https:" ? "443" : "80");
  if (host === "localhost" || isLoopback(host)) return false;
  return !exceptions
    .split(",")
    .map((one) => one.trim().toLowerCase())
    .filter(Boolean)
    .some((exception) => matches(exception, host, port));
}

function isLoopback(host: string): boolean {
  return host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** "*", "10.0.0.0/8", "example.com" and ".example.com" with an optional port. */
function matches(exception: string, host: string, port: string): boolean {
  if (exception === "*") return true;
  if (exception.includes("/")) return isIP(host) !== 0 && inRange(host, exception);
  if (isIPv6(exception)) return exception === host;
  const [name = "", only = port] = exception.split(":");
  return only === port && matchesName(name.replace(/^\*(?=\.)/, ""), host);
}

function matchesName(name: string, host: string): boolean {
  if (name.startsWith(".")) return host.endsWith(name);
  return host === name || (isIP(name) === 0 && host.endsWith(`.${name}`));
}

function inRange(host: string, range: string): boolean {
  const [network = "", bits = ""] = range.split("/");
  if (isIP(network) === 0) return false;
  try {
    const list = new BlockList();
    list.addSubnet(network, Number(bits), familyOf(network));
    return list.check(host, familyOf(host));
  } catch {
    return false;
  }
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv6(address) ? "ipv6" : "ipv4";
}
