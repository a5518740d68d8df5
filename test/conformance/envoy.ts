import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where an Envoy opens TLS to, as Kourier configures its upstreams. */
export interface Upstream {
  readonly port: number;
  readonly trusted: string;
  readonly anyName: readonly string[];
}

/** What a real Envoy says of each upstream: an empty answer is a handshake that went well. */
export async function askEnvoy(
  binary: string,
  upstreams: readonly Upstream[],
): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), "envoy-"));
  const port = await freePort();
  const config = join(directory, "envoy.json");
  writeFileSync(config, JSON.stringify(bootstrapWith(port, upstreams)));
  const envoy = spawn(
    binary,
    ["-c", config, "--disable-hot-restart", "--concurrency", "1", "-l", "error"],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  try {
    await untilOpen(port);
    const answers: string[] = [];
    for (const i of upstreams.keys()) answers.push(await get(port, host(i)));
    return answers;
  } finally {
    envoy.kill();
    rmSync(directory, { recursive: true });
  }
}

function host(index: number): string {
  return `state-${String(index)}`;
}

export function bootstrapWith(port: number, upstreams: readonly Upstream[]) {
  return {
    static_resources: {
      listeners: [
        {
          name: "states",
          address: socket(port),
          filter_chains: [{ filters: [manager(upstreams)] }],
        },
      ],
      clusters: upstreams.map(cluster),
    },
  };
}

function socket(port: number) {
  return { socket_address: { address: "127.0.0.1", port_value: port } };
}

function manager(upstreams: readonly Upstream[]) {
  return {
    name: "envoy.filters.network.http_connection_manager",
    typed_config: {
      "@type":
        "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
      stat_prefix: "states",
      local_reply_config: {
        body_format: {
          text_format_source: { inline_string: "%UPSTREAM_TRANSPORT_FAILURE_REASON%" },
        },
      },
      http_filters: [
        {
          name: "envoy.filters.http.router",
          typed_config: {
            "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router",
          },
        },
      ],
      route_config: {
        virtual_hosts: upstreams.map((_, i) => ({
          name: host(i),
          domains: [host(i)],
          routes: [{ match: { prefix: "/" }, route: { cluster: host(i) } }],
        })),
      },
    },
  };
}

function cluster({ port, trusted, anyName }: Upstream, index: number) {
  const tls = "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext";
  return {
    name: host(index),
    connect_timeout: "10s",
    type: "STATIC",
    load_assignment: {
      cluster_name: host(index),
      endpoints: [{ lb_endpoints: [{ endpoint: { address: socket(port) } }] }],
    },
    transport_socket: {
      name: "envoy.transport_sockets.tls",
      typed_config: {
        "@type": tls,
        common_tls_context: {
          tls_params: {
            tls_minimum_protocol_version: "TLSv1_3",
            tls_maximum_protocol_version: "TLSv1_3",
          },
          validation_context: {
            trusted_ca: { inline_string: trusted },
            match_typed_subject_alt_names: anyName.map((exact) => ({
              san_type: "DNS",
              matcher: { exact },
            })),
          },
        },
      },
    },
  };
}

async function get(port: number, hostName: string): Promise<string> {
  return new Promise((done, fail) => {
    const asked = request({ port, host: "127.0.0.1", headers: { host: hostName } }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () => {
        // Envoy writes its reasons without spaces.
        done(response.statusCode === 200 ? "" : body.replaceAll("_", " "));
      });
    });
    asked.on("error", fail);
    asked.end();
  });
}

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const at = server.address();
      server.close(() => {
        if (at && typeof at === "object") done(at.port);
        else fail(new Error("no port"));
      });
    });
  });
}

async function untilOpen(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      await get(port, "nothing");
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 200));
    }
  }
  throw new Error("Envoy did not start");
}
