import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { render } from "../../src/report/html/page.ts";
import { hostile, reportWith } from "../support/hostile.ts";
import { foundOf, plainOptions, reportOf } from "../support/reports.ts";

const browser = ["chromium", "chromium-browser", "google-chrome"].find(
  (name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0,
);
if (browser === undefined)
  console.log("skipped: the HTML report in a browser, as no Chromium is on the PATH");

const directory = mkdtempSync(join(tmpdir(), "knative-certs-html-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** What the browser asks for by itself, whatever it shows. */
const own =
  /^https?:\/\/(clients2\.google|accounts\.google|update\.googleapis|safebrowsing\.googleapis|optimizationguide-pa\.googleapis|content-autofill\.googleapis|redirector\.gvt1|edgedl\.me\.gvt1)\.com\//;

/** The page as the browser has it after it has run everything that it lets run, and what it asked the network for. */
function opened(page: string): { readonly dom: string; readonly requests: readonly string[] } {
  const file = join(directory, "report.html");
  const log = join(directory, "net.json");
  writeFileSync(file, page);
  const dom = execFileSync(
    browser ?? "",
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      `--user-data-dir=${join(directory, "profile")}`,
      `--log-net-log=${log}`,
      "--virtual-time-budget=3000",
      "--dump-dom",
      `file://${file}`,
    ],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1e9 },
  );
  const urls = readFileSync(log, "utf8").matchAll(/"url":"(https?:[^"]+)"/g);
  return { dom, requests: [...urls].map(([, url = ""]) => url).filter((url) => !own.test(url)) };
}

const report = reportOf({
  findings: [
    foundOf(),
    foundOf({ severity: "warning", location: null, fingerprint: "b".repeat(32) }),
  ],
});
const page = render(report, plainOptions);

describe.skipIf(browser === undefined)("the HTML report in a browser", () => {
  it("runs its own script, and asks the network for nothing", () => {
    const { dom, requests } = opened(page);
    expect(dom).toContain('aria-live="polite">2 of 2</span>');
    expect(requests).toEqual([]);
  });

  it("filters by severity and words", () => {
    const driver = `words.value = "cluster-wide nothing"; boxes[1].checked = false; filter();`;
    const changed = page.replace("\nfilter();\n", `\nfilter();\n${driver}\n`);
    expect(opened(changed).dom).not.toContain("of 2</span>");
  });

  it("runs no script but its own, and loads no picture", () => {
    const evil = `<script>document.title = "pwned"</script><img src="http://evil.example/x" onerror="document.title = 'pwned'">`;
    const { dom, requests } = opened(page.replace("</main>", `${evil}</main>`));
    expect(dom).toContain('src="http://evil.example/x"');
    expect(dom).not.toContain("<title>pwned");
    expect(requests.filter((url) => url.includes("evil"))).toEqual([]);
  });

  it("shows hostile texts and does nothing of what they want", () => {
    const texts = Object.values(hostile).filter((text) => text.length < 10_000);
    const { dom, requests } = opened(render(reportWith(texts.join(" ")), plainOptions));
    expect(dom).toContain("of 3</span>");
    expect(/<title>([^<]*)/.exec(dom)?.[1]).toBe("knative-certs: 1 errors, 1 warnings");
    expect(dom).not.toMatch(/<img|<[^>]*\sonmouseover/);
    expect(requests).toEqual([]);
  });
});
