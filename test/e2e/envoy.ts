import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createServer, type Server } from "node:tls";
import { built } from "./built.ts";
import { freePorts } from "./ports.ts";
import { start } from "./processes.ts";
import { until } from "./until.ts";

/** A server that the gateway dials: what it presents, and the names one of which the gateway wants to see. */
export interface Upstream {
  readonly name: string;
  /** PEM */
  readonly certificate: string;
  /** PEM */
  readonly key: string;
  readonly names: readonly string[];
}

/** Has a real Envoy dial each upstream with the TLS context that net-kourier gives it; `ok` or Envoy's words, by name. */
export async function dialByEnvoy(
  directory: string,
  trusted: string,
  upstreams: readonly Upstream[],
): Promise<Readonly<Record<string, string>>> {
  const servers = await Promise.all(upstreams.map(serve));
  const listeners = await freePorts(upstreams.length);
  const config = join(directory, "envoy.json");
  const targets = upstreams.map((upstream, i) => ({
    ...upstream,
    from: listeners[i] ?? 0,
    to: portOf(servers[i]),
  }));
  writeFileSync(config, JSON.stringify(staticConfig(trusted, targets)));
  const argv = ["-c", config, "--disable-hot-restart", "--concurrency", "1", "-l", "warning"];
  const log = join(directory, "envoy.log");
  const envoy = start({ name: "envoy", binary: built("envoy"), argv, log });
  try {
    const verdicts = targets.map(async ({ name, from }) => {
      const answer = () => fetch(`http://127.0.0.1:${from}/`);
      const said = await until("Envoy answers", answer, { alive: envoy.mustRun });
      return [name, said.ok ? "ok" : await said.text()] as const;
    });
    return Object.fromEntries(await Promise.all(verdicts));
  } finally {
    await envoy.stop();
    for (const server of servers) server.close();
  }
}

function serve({ certificate, key }: Upstream): Promise<Server> {
  const options = { cert: certificate, key, minVersion: "TLSv1.3" } as const;
  return new Promise((resolve, reject) => {
    const server = createServer(options, (socket) => {
      socket.on("error", () => {});
      socket.end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    });
    server.on("tlsClientError", () => {});
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

function portOf(server: Server | undefined): number {
  const address = server?.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

interface Target extends Upstream {
  readonly from: number;
  readonly to: number;
}

const type = (name: string) => ({ "@type": `type.googleapis.com/envoy.${name}` });
const loopback = (port: number) => ({
  socket_address: { address: "127.0.0.1", port_value: port },
});

function staticConfig(trusted: string, targets: readonly Target[]): unknown {
  const listeners = targets.map(({ name, from }) => ({
    name,
    address: loopback(from),
    filter_chains: [{ filters: [{ name: "http", typed_config: http(name) }] }],
  }));
  const clusters = targets.map(({ name, to, names }) => ({
    name,
    type: "STATIC",
    load_assignment: {
      cluster_name: name,
      endpoints: [{ lb_endpoints: [{ endpoint: { address: loopback(to) } }] }],
    },
    transport_socket: { name: "tls", typed_config: tlsContext(trusted, names) },
  }));
  return { static_resources: { listeners, clusters } };
}

const why = "%RESPONSE_CODE_DETAILS% %UPSTREAM_TRANSPORT_FAILURE_REASON%";

function http(cluster: string): unknown {
  const routes = [{ match: { prefix: "/" }, route: { cluster } }];
  const router = type("extensions.filters.http.router.v3.Router");
  return {
    ...type("extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"),
    stat_prefix: cluster,
    route_config: { virtual_hosts: [{ name: cluster, domains: ["*"], routes }] },
    local_reply_config: { body_format: { text_format_source: { inline_string: why } } },
    http_filters: [{ name: "router", typed_config: router }],
  };
}

function tlsContext(trusted: string, names: readonly string[]): unknown {
  const exactly13 = {
    tls_minimum_protocol_version: "TLSv1_3",
    tls_maximum_protocol_version: "TLSv1_3",
  };
  return {
    ...type("extensions.transport_sockets.tls.v3.UpstreamTlsContext"),
    common_tls_context: {
      tls_params: exactly13,
      validation_context: {
        trusted_ca: { inline_bytes: Buffer.from(trusted).toString("base64") },
        match_typed_subject_alt_names: names.map((exact) => ({
          san_type: "DNS",
          matcher: { exact },
        })),
      },
    },
  };
}
