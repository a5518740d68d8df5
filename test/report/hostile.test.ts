import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import type { Handshake } from "../../src/trust/handshake.ts";
import { formatNames, formats, type FormatName } from "../../src/report/formats.ts";
import { known, unknown } from "../../src/model/known.ts";
import { hostile, reportWith } from "../support/hostile.ts";
import { plainOptions } from "../support/reports.ts";
import type { Broken, Forecast } from "../../src/time/forecast/result.ts";
import type { CaState, RotationStatus } from "../../src/time/rotation/status.ts";
import { driven, givenOf, narrow, wide } from "../support/screen.ts";

/** All that could act on whoever reads it, and that may be in no output but for line feeds. */
const active = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffe\uffff]/u;
const cases = Object.entries(hostile);

function handshakeWith(text: string): Handshake {
  const object = { kind: text, namespace: text, name: text };
  const link = {
    subject: text,
    issuer: text,
    sha256: "0".repeat(64),
    notBefore: "2026-01-01T00:00:00Z",
    notAfter: "2027-01-01T00:00:00Z",
    from: { object, key: text, place: undefined },
  };
  return {
    dialer: { component: "activator", namespace: text },
    endpoint: { component: "queue-proxy", namespace: text },
    presents: object,
    serverNames: [text],
    verdict: "fails",
    reason: { code: "name", text },
    until: "2026-12-01T00:00:00Z",
    chain: [link, { ...link, sha256: "1".repeat(64) }],
    tried: [{ path: [text, text], why: text }],
    note: text,
  };
}

async function rendered(name: FormatName, text: string): Promise<string> {
  const { render } = await formats[name]();
  const handshakes = () => [{ name: text, handshakes: [handshakeWith(text)] }];
  return render(reportWith(text), { ...plainOptions, all: true, debug: true, handshakes });
}

const keepsAll = new Set<FormatName>(["json", "sarif"]);

describe.each(formatNames)("%s", (name) => {
  it.each(cases)("shows %s inert", async (_what, text) => {
    const output = await rendered(name, text);
    expect(active.exec(output.replaceAll("\n", ""))?.[0]?.codePointAt(0)).toBeUndefined();
  });

  it("stays readable whatever the size of a value; what is for programs keeps it whole", async () => {
    const output = await rendered(name, hostile["one megabyte"] ?? "");
    if (keepsAll.has(name)) expect(JSON.parse(output)).toBeTruthy();
    else expect(output.length).toBeLessThan(300_000);
  });
});

describe("each format keeps its shape", () => {
  it.each(cases)("json and sarif with %s say what was said", async (_what, text) => {
    const { runs } = JSON.parse(await rendered("sarif", text)) as Log;
    expect(runs[0]?.results).toHaveLength(5);
    const { findings } = JSON.parse(await rendered("json", text)) as {
      findings: { message: string }[];
    };
    expect(findings[0]?.message).toBe(text);
  });

  it.each(cases)("github with %s has only its own commands", async (_what, text) => {
    const lines = (await rendered("github", text)).trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) /);
  });

  it.each(cases)("prometheus with %s has only its own metrics", async (_what, text) => {
    for (const line of (await rendered("prometheus", text)).trimEnd().split("\n"))
      expect(line).toMatch(
        /^(# (HELP|TYPE) knative_certs_\w+ .*|knative_certs_\w+(\{(\w+="([^"\\]|\\["\\n])*",?)*\})? [\d.e+]+)$/,
      );
  });

  it.each(cases)("html with %s has only its own elements", async (_what, text) => {
    const page = await rendered("html", text);
    const names = new Set([...page.matchAll(/<\/?([a-z!][a-z0-9]*)/gi)].map(([, tag]) => tag));
    for (const own of ownElements) names.delete(own);
    expect([...names]).toEqual([]);
    expect(page.match(/<script/g)).toHaveLength(1);
    const attributes = [
      ...page
        .replace(/<style>.*?<\/style>|<script>.*?<\/script>/gs, "")
        .matchAll(/<[a-z0-9]+((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/gi),
    ];
    expect(
      attributes.some(([, list = ""]) => /\son\w+|\sstyle/.test(list.replaceAll(/"[^"]*"/g, '""'))),
    ).toBe(false);
  });

  it.each(cases)("markdown with %s has no markup but its own", async (_what, text) => {
    const output = (await rendered("markdown", text)).replaceAll(String.raw`\|`, "x");
    const outside = withoutCode(output);
    const own = outside
      .replaceAll(/\[KC\d+\]\(https:\/\/example\.com\/KC\d+\)/g, "")
      .replaceAll(/<\/?(details|summary)>/g, "")
      .replaceAll(/\*\*KC\d+ /g, "")
      .replaceAll("** ", "");
    expect(own).not.toMatch(/[<>[\]*_~#@`!\\]|&\w+;|https?:|www\./);
  });
});

const ownElements = [
  ..."!doctype html head meta title style body header h1 h2 h3 h4 p nav a main section div span label input".split(
    " ",
  ),
  ..."article pre mark code dl dt dd ul li details summary table thead tbody tr th td svg g path rect text circle line".split(
    " ",
  ),
  ..."script b br".split(" "),
];

/** CommonMark: a code span ends at the next run of as many backticks as began it. */
function withoutCode(markdown: string): string {
  return markdown
    .split("\n")
    .map((line) => line.replaceAll(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, ""))
    .join("\n")
    .replace(/^### knative-certs/, "");
}

const given = (text: string) =>
  givenOf(reportWith(text), {
    source: text,
    rulePage: () => `# ${text}\n\n${text}`,
    handshakes: () => known([{ name: text, handshakes: [handshakeWith(text)] }]),
    forecasts: () => [{ name: text, forecast: forecastWith(text) }],
    rotations: () => [
      { name: text, status: known(rotationWith(text)) },
      { name: text, status: unknown(text) },
    ],
  });

function forecastWith(text: string): Forecast {
  const at = "2027-01-01T00:00:00Z";
  const broken: Broken = {
    at,
    handshake: handshakeWith(text),
    alike: 2,
    because: [text],
    prevent: text,
    orders: "some",
  };
  return {
    from: at,
    until: at,
    events: [{ at, type: text, object: text, effect: text }],
    states: [{ after: 0, at, handshakes: [handshakeWith(text)] }],
    broken: [broken],
    firstBroken: broken,
    assumptions: [text],
  };
}

function rotationWith(text: string): RotationStatus {
  const ca: CaState = {
    subject: text,
    sha256: text,
    notAfter: text,
    role: "live",
    issuer: text,
    leaves: 1,
    inBundle: false,
    inCaCrt: false,
  };
  return {
    phase: "S5",
    title: text,
    step: 5,
    begun: 6,
    cas: [ca],
    next: text,
    blocks: [text],
    oldCaMayGoAt: null,
  };
}

describe("the screen", () => {
  const paths: readonly (readonly string[])[] = [
    [],
    ["enter"],
    ["enter", "enter"],
    ["p"],
    ["2"],
    ["2", "enter"],
    ["3"],
    ["3", "enter"],
    ["3", "G", "enter"],
    ["4"],
    ["5"],
    ["5", "enter"],
    ["f"],
    ["o", "o"],
  ];
  it.each(cases)("shows %s inert", (_what, text) => {
    for (const size of [narrow, wide]) {
      for (const keys of paths) {
        const screen = driven(given(text), size);
        screen.keys(...keys);
        for (const frame of [screen.frame(), screen.plain()])
          expect(active.exec(frame.replaceAll("\n", ""))?.[0]?.codePointAt(0)).toBeUndefined();
        screen.keys("y");
        const [effect] = screen.effects;
        if (effect?.type === "copy")
          expect(active.test(effect.text.replaceAll("\n", ""))).toBe(false);
      }
    }
  });
});
