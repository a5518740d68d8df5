import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Measured } from "./measured.ts";

interface Kubeconfig {
  readonly clusters: readonly [
    {
      readonly cluster: { readonly server: string; readonly "certificate-authority-data": string };
    },
  ];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

interface List {
  readonly metadata: { readonly continue?: string };
  readonly items: readonly unknown[];
}

/** Fetches lists as anybody would: page after page, packed, over a few connections that are kept; JSON.parse, and forgets. */
const [path = "", ...lists] = process.argv.slice(2);
const { clusters, users } = JSON.parse(readFileSync(path, "utf8")) as Kubeconfig;
const { server, "certificate-authority-data": ca } = clusters[0].cluster;
const agent = new Agent({ keepAlive: true, maxSockets: 6, ca: Buffer.from(ca, "base64") });
const headers = {
  authorization: `Bearer ${users[0].user.token}`,
  accept: "application/json",
  "accept-encoding": "gzip",
};
const unzip = promisify(gunzip);
let objects = 0;
let requests = 0;
await Promise.all(lists.map(all));
agent.destroy();
const measured: Measured = {
  milliseconds: performance.now(),
  peak: process.resourceUsage().maxRSS / 1024,
  objects,
  requests,
};
process.stdout.write(JSON.stringify(measured));

async function all(list: string): Promise<void> {
  for (let token: string | undefined = ""; token !== undefined;) {
    const more = token === "" ? "" : `&continue=${encodeURIComponent(token)}`;
    const page = JSON.parse(await get(`${list}${more}`)) as List;
    objects += page.items.length;
    requests++;
    token = page.metadata.continue || undefined;
  }
}

function get(list: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server}${list}`, { agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(chunks);
        if (response.statusCode !== 200)
          reject(new Error(`${list}: ${String(response.statusCode)}`));
        else if (response.headers["content-encoding"] !== "gzip") resolve(body.toString("utf8"));
        else unzip(body).then((whole) => resolve(whole.toString("utf8")), reject);
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}
