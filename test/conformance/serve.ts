import { createServer, type Server } from "node:tls";
import type { Issued } from "../support/pki/issue.ts";

interface Served {
  readonly leaf: Issued;
  readonly served: readonly Issued[];
}

/** A server that presents a leaf with what is behind it. */
export async function serve({ leaf, served }: Served): Promise<Server> {
  const server = createServer(
    {
      cert: [leaf, ...served].map(({ pem }) => pem).join(""),
      key: leaf.key.privateKey.export({ format: "pem", type: "pkcs8" }),
      minVersion: "TLSv1.3",
      ciphers: "DEFAULT:@SECLEVEL=0",
    },
    (socket) => {
      socket.on("error", () => socket.destroy());
      socket.on("data", () =>
        socket.end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
      );
    },
  );
  server.on("tlsClientError", () => undefined);
  return new Promise((done) =>
    server.listen(0, "127.0.0.1", () => {
      done(server);
    }),
  );
}

export function portOf(server: Server): number {
  const at = server.address();
  return at && typeof at === "object" ? at.port : 0;
}
