import { kindsReadBy } from "../src/engine/closure.ts";
import type { ConfigFile } from "../src/load/config-file.ts";
import type { Kind } from "../src/model/kinds.ts";
import { compareStates, newFaults } from "../src/report/diff/compare.ts";
import type { DiffDocument } from "../src/report/diff/document.ts";
import { diffFormats } from "../src/report/diff/formats.ts";
import { atLeastAsBad } from "../src/rule/finding.ts";
import { handshakes } from "../src/trust/facts.ts";
import { changesAnything, withChange } from "./change.ts";
import { exitCodes } from "./exit-code.ts";
import { atRevision } from "./git.ts";
import type { Io } from "./io.ts";
import { judgeFor, settle, type Settled } from "./judge.ts";
import { optionsFor, save } from "./output.ts";
import type { DiffRequest } from "./request.ts";
import type { State } from "./state.ts";
import { readState, stateConfig } from "./read-state.ts";
import { UserError } from "./user-error.ts";

/** Shows what a change breaks and mends: -f and --without on a state, or files against their base. */
export async function diff(request: DiffRequest, io: Io): Promise<number> {
  refuseNothing(request);
  const { analysis, namespace } = request;
  const config = await stateConfig(request, analysis, io);
  const { judge, selected } = await judgeFor(analysis, config, namespace, io);
  const wanted = kindsReadBy(
    selected.rules.map(({ rule }) => rule),
    [handshakes],
  );
  const [before, after] = await states(request, config, wanted, io);
  const settled = async (state: State): Promise<Settled> => {
    const now = analysis.now ?? state.takenAt ?? io.now();
    const had = { ...state, allowEmpty: request.allowEmpty, now };
    return settle(judge(state.inventories, now), analysis, config, had);
  };
  const [was, is] = [await settled(before), await settled(after)];
  const document = compareStates(
    was.report,
    is.report,
    was.beside.handshakes(),
    is.beside.handshakes(),
  );
  await write(document, request, io);
  after.notice();
  return is.code === exitCodes.notAnalyzed ? is.code : outcome(document, request);
}

function refuseNothing(request: DiffRequest): void {
  const files = request.base.length > 0;
  if (files && request.paths.length === 0)
    throw new UserError(
      "--base needs the files to compare with it",
      "diff --base git:main deploy/, or diff --base old/ new/",
    );
  if (!files && !changesAnything(request))
    throw new UserError(
      "name the change",
      "-f FILE to apply, --without KIND/NAMESPACE/NAME to delete, or --base for files.",
    );
}

/** Before and after. */
async function states(
  request: DiffRequest,
  config: ConfigFile | undefined,
  wanted: readonly Kind[],
  io: Io,
): Promise<readonly [State, State]> {
  const { analysis, base } = request;
  const read = (paths: readonly string[], called?: (path: string) => string) =>
    readState({ ...request, paths, ...(called && { called }) }, analysis, config, wanted, io);
  const present = await read(request.paths);
  const now = analysis.now ?? present.takenAt ?? io.now();
  const changed = await withChange(present, request, now);
  if (base.length === 0) return [present, changed];
  const [first = ""] = base;
  const before = first.startsWith("git:")
    ? await atRevision(first.slice("git:".length), request.paths, io, read)
    : await read(base);
  return [before, changed];
}

function outcome(document: DiffDocument, { analysis }: DiffRequest): number {
  const { failOn } = analysis;
  if (failOn === "never") return exitCodes.clean;
  const faults = newFaults(document).some(({ severity }) => atLeastAsBad(severity, failOn));
  const broken = document.handshakes.some(({ effect }) => effect === "breaks");
  return faults || broken ? exitCodes.findings : exitCodes.clean;
}

async function write(document: DiffDocument, request: DiffRequest, io: Io): Promise<void> {
  for (const { format, file } of request.outputs) {
    const { render } = await diffFormats[format]();
    const { color, all } = request;
    const text = render(document, optionsFor({ color, all, debug: false }, file, io));
    if (file === undefined) io.out(text);
    else save(file, text);
  }
}
