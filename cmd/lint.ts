import { join } from "node:path";
import { configFileName } from "../src/load/paths.ts";
import { touching } from "./changed-set.ts";
import type { Io } from "./io.ts";
import { judgeFor, settle } from "./judge.ts";
import { notice, offlineConfig, readOffline, startOf } from "./offline.ts";
import { writeReport } from "./output.ts";
import type { LintRequest } from "./request.ts";
import { UserError } from "./user-error.ts";

/** Checks manifests offline; never touches the network. */
export async function lint(request: LintRequest, io: Io): Promise<number> {
  if (request.interactive) return lookThrough(request, io);
  const { report, input, inventories, beside, code } = await check(request, io);
  await writeReport(report, request.report, io, beside);
  notice(input, inventories, io);
  return code;
}

/** The same on a screen, where a key reads everything again. */
async function lookThrough(request: LintRequest, io: Io): Promise<number> {
  const { explore, terminalOf } = await import("./explore.ts");
  terminalOf(io);
  const { paths, kustomizations } = request;
  if (paths.includes("-"))
    throw new UserError("--interactive cannot read standard input: that is the keyboard");
  let last = await check(request, io);
  const exploration = {
    source: [...paths, ...kustomizations].join(" "),
    config:
      last.config?.path ?? join(startOf([...paths, ...kustomizations][0] ?? "."), configFileName),
    request: request.report,
    again: async () => (last = await check(request, { ...io, err: () => {} })),
  };
  await explore(last, exploration, io);
  return last.code;
}

/** Reads everything, and runs the rules over it. */
async function check(request: LintRequest, io: Io) {
  const { analysis, allowEmpty } = request;
  const reading = inContext(request);
  const config = await offlineConfig(reading, analysis, io);
  const { judge } = await judgeFor(analysis, config, request.namespace, io);
  const { input, inventories, unreadInput } = await readOffline(reading, analysis, config, io);
  const now = analysis.now ?? io.now();
  const whole = judge(inventories, now);
  const report =
    request.contextDirectory === undefined ? whole : touching(whole, request.paths, input, io.cwd);
  const { sources, documents } = input;
  const had = { inventories, sources, documents, allowEmpty, unreadInput, now };
  return { ...(await settle(report, analysis, config, had)), input };
}

/** What has changed is judged with all that it belongs to. */
function inContext(request: LintRequest): LintRequest {
  const { contextDirectory, paths } = request;
  return contextDirectory === undefined
    ? request
    : { ...request, paths: [contextDirectory, ...paths] };
}
