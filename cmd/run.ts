import { basename } from "node:path";
import { parseCli } from "./cli.ts";
import { exitCodes } from "./exit-code.ts";
import { complain } from "./complain.ts";
import type { Io } from "./io.ts";
import type {
  ForecastRequest,
  GraphRequest,
  HandshakesRequest,
  Request,
  RotationRequest,
} from "./request.ts";
import { version } from "./version.ts";

/** Runs one command line and returns its exit code; prints every error in words, stacks only with --debug. */
export async function run(argv: readonly string[], script: string, io: Io): Promise<number> {
  try {
    if (argv[0] === "__complete")
      return await (await import("./complete.ts")).complete(argv.slice(1), io);
    const parsed = parseCli(argv, programName(script));
    if ("request" in parsed) return await execute(parsed.request, io);
    io.out(`${parsed.help}\n`);
    return exitCodes.clean;
  } catch (error) {
    return complain(error, argv.includes("--debug"), io);
  }
}

async function execute(request: Request, io: Io): Promise<number> {
  if (looksAhead(request)) return lookAhead(request, io);
  if (showsTrust(request)) return showTrust(request, io);
  switch (request.command) {
    case "check":
      return (await import("./check.ts")).check(request, io);
    case "diff":
      return (await import("./diff.ts")).diff(request, io);
    case "lint":
      return (await import("./lint.ts")).lint(request, io);
    case "explain":
      return (await import("./explain.ts")).explain(request, io);
    case "rbac":
      return (await import("./rbac.ts")).printRbac(request, io);
    case "snapshot":
      return (await import("./snapshot.ts")).takeSnapshot(request, io);
    case "rules":
      return (await import("./rules.ts")).listRules(request, io);
    case "completion":
      return (await import("./completion.ts")).printCompletion(request, io);
    case "version":
      io.out(`${version}\n`);
      return exitCodes.clean;
  }
}

function looksAhead(request: Request): request is ForecastRequest | RotationRequest {
  return request.command === "forecast" || request.command === "rotation";
}

async function lookAhead(request: ForecastRequest | RotationRequest, io: Io): Promise<number> {
  return request.command === "forecast"
    ? (await import("./forecast.ts")).showForecast(request, io)
    : (await import("./rotation.ts")).rotation(request, io);
}

function showsTrust(request: Request): request is HandshakesRequest | GraphRequest {
  return request.command === "handshakes" || request.command === "graph";
}

async function showTrust(request: HandshakesRequest | GraphRequest, io: Io): Promise<number> {
  return request.command === "handshakes"
    ? (await import("./handshakes.ts")).showHandshakes(request, io)
    : (await import("./graph.ts")).drawGraph(request, io);
}

/** kubectl runs `kubectl-knative_certs` for `kubectl knative-certs`; help must speak of what the user typed. */
function programName(script: string): string {
  const name = basename(script).replace(/\.(m?js|cjs|exe)$/, "");
  if (name === "kn-certs") return "kn certs";
  return name === "knative-certs" ? name : "kubectl knative-certs";
}
