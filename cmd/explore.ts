import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import type { Sources } from "../src/load/sources.ts";
import type { Inventory } from "../src/model/inventory.ts";
import type { SubjectRef } from "../src/model/object.ts";
import { known } from "../src/model/known.ts";
import type { FormatName } from "../src/report/formats.ts";
import type { LocatedReport } from "../src/rule/report.ts";
import type { Given } from "../src/tui/contents.ts";
import type { besideOf } from "./beside.ts";
import { complain } from "./complain.ts";
import { edit } from "./editor.ts";
import type { Io, Terminal } from "./io.ts";
import { rendered, wantsColor } from "./output.ts";
import { pageOf } from "./pages.ts";
import type { ReportRequest } from "./request.ts";
import { UserError } from "./user-error.ts";

/** One state of what is explored. */
export interface Explored {
  readonly report: LocatedReport;
  readonly inventories: readonly Inventory[];
  readonly sources: Sources;
  readonly beside: ReturnType<typeof besideOf>;
}

export interface Exploration {
  /** What was read, in the words of the user. */
  readonly source: string;
  /** The configuration file that a suppression is written to; it may not exist yet. */
  readonly config: string;
  readonly request: ReportRequest;
  /** Reads and checks everything again. */
  readonly again: () => Promise<Explored>;
  /** Calls back with every new state; gives a function that ends it. */
  readonly watch?: (changed: (explored: Explored) => void) => () => void;
}

/** The terminal for the screen, or why there is none. */
export function terminalOf({ terminal }: Io): Terminal {
  if (terminal) return terminal;
  throw new UserError(
    "--interactive needs a terminal on standard input and output",
    "Without it the report is written as text.",
  );
}

/** Opens the screen, and comes back when the user leaves it. Ink and React are loaded here and nowhere else. */
export async function explore(
  first: Explored,
  { source, config, request, again, watch }: Exploration,
  io: Io,
): Promise<void> {
  const terminal = terminalOf(io);
  const { openScreen } = await import("../src/tui/open.tsx");
  const show = await shower(source);
  let latest = first;
  const keep = (explored: Explored): Given => {
    latest = explored;
    return show(explored);
  };
  const plain = request.screenReader || io.env["INK_SCREEN_READER"] === "true";
  await openScreen({
    given: show(first),
    terminal,
    color: !plain && wantsColor(request.color, io),
    plain,
    guard: (close) => terminal.restoredAtExit(close, (error) => complain(error, request.debug, io)),
    host: {
      edit: async ({ location }) => edit(location, io.env, io.cwd),
      suppress: async ({ rule, subject, reason }) => suppress(config, rule, subject, reason),
      save: async ({ file }) => save(latest, file, request, io),
      refresh: async () => keep(await again()),
      ...(watch && { watch: (changed) => watch((explored) => changed(keep(explored))) }),
    },
  });
}

/** As far as the timeline looks ahead, in milliseconds. */
const horizon = 365 * 24 * 60 * 60 * 1000;

/** Makes what the screen shows out of a state. */
async function shower(source: string): Promise<(explored: Explored) => Given> {
  const page = await pageOf();
  const { documentAround, objectAsYaml } = await import("../src/load/object-text.ts");
  const { forecast } = await import("../src/time/forecast/forecast.ts");
  const { statusOf } = await import("../src/time/rotation/status.ts");
  return ({ report, inventories, sources, beside: { handshakes } }) => ({
    source,
    report,
    handshakes: () => known(handshakes()),
    forecasts: () =>
      inventories.map((inventory) => {
        const now = Date.parse(report.now);
        return { name: inventory.world, forecast: forecast(inventory, now, now + horizon) };
      }),
    rotations: () =>
      inventories.map((inventory) => ({
        name: inventory.world,
        status: statusOf(inventory, Date.parse(report.now)),
      })),
    rulePage: page,
    objectText: (finding) =>
      finding.location
        ? documentAround(finding.location, sources)
        : objectAsYaml(finding, inventories),
  });
}

async function suppress(
  config: string,
  rule: string,
  { kind, namespace, name }: SubjectRef,
  reason: string,
): Promise<string> {
  const { withSuppression } = await import("../src/load/config-suppression.ts");
  const text = existsSync(config) ? readFileSync(config, "utf8") : "";
  const changed = withSuppression(text, { rule, kind, namespace, name, reason });
  if (changed === undefined) return `${config} cannot be added to; write the suppression by hand.`;
  writeFileSync(config, changed);
  return `Suppressed in ${config}.`;
}

const formatsByExtension: Readonly<Record<string, FormatName>> = {
  ".json": "json",
  ".sarif": "sarif",
  ".txt": "text",
  ".xml": "junit",
  ".html": "html",
  ".md": "markdown",
  ".prom": "prometheus",
};

/** The ending of the name tells the format; a file that exists is written over only where the name ends with "!". */
async function save(
  { report, beside }: Explored,
  wish: string,
  request: ReportRequest,
  io: Io,
): Promise<string> {
  const insists = wish.endsWith("!");
  const file = insists ? wish.slice(0, -1) : wish;
  const format = formatsByExtension[extname(file)];
  if (!format) return `The name must end with one of ${Object.keys(formatsByExtension).join(" ")}.`;
  const path = resolve(io.cwd, file);
  if (existsSync(path) && !insists) return `${file} exists; ${file}! writes over it.`;
  writeFileSync(path, await rendered(report, { format, file }, request, io, beside));
  return `Wrote ${file}.`;
}
