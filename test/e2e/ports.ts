import { createServer, type Server } from "node:net";

/**
 * Blocks of ports below those that the system gives out by itself. Whoever listens on the first port of a block has the
 * others to himself, so that runs beside one another never take the same.
 */
const blocks = Array.from({ length: 100 }, (_, i) => 20_000 + i * 100);
const size = 100;

let block: Promise<number> | undefined;
let given = 0;

/** Ports on loopback that nothing listens on, and that no other run will take. */
export async function freePorts(count: number): Promise<readonly number[]> {
  block ??= ownBlock();
  const first = await block;
  const ports: number[] = [];
  for (let tried = 1; ports.length < count && tried < size; tried++) {
    const port = first + 1 + (given++ % (size - 1));
    const server = await listening(port);
    if (!server) continue;
    await new Promise<void>((resolve) => server.close(() => resolve()));
    ports.push(port);
  }
  if (ports.length < count) throw new Error(`of the ports after ${first}, no ${count} are free`);
  return ports;
}

/** The first port of a block that this process has from now on until it ends. */
async function ownBlock(): Promise<number> {
  for (const first of blocks) {
    const server = await listening(first);
    if (!server) continue;
    server.unref();
    return first;
  }
  throw new Error(`all blocks of ports from ${blocks[0]} on are taken`);
}

function listening(port: number): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(undefined);
      else reject(error);
    });
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
