import { summaryOf, plural } from "../src/show/summary.ts";
import type { LocatedReport } from "../src/rule/report.ts";
import { exitCodes } from "./exit-code.ts";
import { followClusters, type Following } from "./follow.ts";
import type { Io } from "./io.ts";
import type { Settled } from "./judge.ts";
import { writeReport } from "./output.ts";
import type { CheckRequest } from "./request.ts";

/** Waits so many milliseconds at most until there is nothing to find; the last state is the one that counts. */
export async function waitUntilClean(
  request: CheckRequest,
  milliseconds: number,
  io: Io,
): Promise<number> {
  const following = await followClusters(request, io);
  try {
    const last = await lastState(following, milliseconds, io);
    await write(last, request, io);
    return last.code;
  } finally {
    following.stop();
  }
}

function lastState(following: Following, milliseconds: number, io: Io): Promise<Settled> {
  let last = following.first;
  if (last.code === exitCodes.clean) return Promise.resolve(last);
  io.err(`waiting: ${countsOf(last.report)}\n`);
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      resolve(last);
    };
    const timer = setTimeout(end, milliseconds);
    following.each((settled) => {
      if (contentOf(settled.report) !== contentOf(last.report))
        io.err(`waiting: ${countsOf(settled.report)}\n`);
      last = settled;
      if (settled.code === exitCodes.clean) end();
    });
  });
}

/** Writes the report, and writes it again each time it says something else, until the user ends it. */
export async function watchAndWrite(request: CheckRequest, io: Io): Promise<number> {
  const following = await followClusters(request, io);
  let last = following.first;
  await write(last, request, io);
  return new Promise((resolve) => {
    following.each((settled) => {
      const same = contentOf(settled.report) === contentOf(last.report);
      last = settled;
      if (!same) void write(settled, request, io);
    });
    io.ended?.addEventListener("abort", () => {
      following.stop();
      resolve(last.code);
    });
  });
}

async function write(settled: Settled, request: CheckRequest, io: Io): Promise<void> {
  await writeReport(settled.report, request.report, io, settled.beside);
}

/** What a report says, apart from when. */
function contentOf({ findings, worlds, crashes }: LocatedReport): string {
  const said = findings.map(({ fingerprint, severity, message, accepted }) => [
    fingerprint,
    severity,
    message,
    accepted,
  ]);
  return JSON.stringify([
    said,
    worlds.map(({ coverage }) => coverage.notEvaluated),
    crashes.length,
  ]);
}

function countsOf(report: LocatedReport): string {
  const { errors, warnings, infos } = summaryOf(report);
  return [plural(errors, "error"), plural(warnings, "warning"), plural(infos, "info")].join(", ");
}
