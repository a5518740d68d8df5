import { thousands } from "../../model/thousands.ts";
import { inert } from "../../show/inert.ts";
import { wrap } from "../../show/wrap.ts";
import { timeText } from "../../time/time-text.ts";
import type { Verification } from "../../time/rotation/verify.ts";
import { labelOf } from "../../trust/handshake.ts";
import { rowOf } from "../handshakes/json.ts";

export function verificationJson(result: Verification, now: number): string {
  const { verdict, states, kinds, endpoints, failure, stopped, assumptions } = result;
  const document = {
    version: 1,
    kind: "rotation-verification",
    now: timeText(now),
    verdict,
    safe: verdict === "safe",
    states,
    kinds,
    endpoints,
    trace: failure?.trace ?? [],
    failing: failure ? rowOf(failure.failing, "") : null,
    stopped: stopped ?? null,
    assumptions,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

export function verificationText(result: Verification, width: number): string {
  return `${linesOf(result)
    .flatMap((line) => wrap(inert(line), width, 4, 0))
    .join("\n")}\n`;
}

function linesOf(result: Verification): readonly string[] {
  const { states, kinds, endpoints, assumptions } = result;
  const looked = `${thousands(states)} states were looked at, ${counted(endpoints, "endpoint")} of ${counted(kinds, "kind")}.`;
  return [...outcomeOf(result), looked, ...assumptions.map((one) => `given that ${one}`)];
}

function outcomeOf({ verdict, failure, stopped }: Verification): readonly string[] {
  if (failure) {
    const { trace, failing } = failure;
    return [
      `Not safe: ${labelOf(failing)} fails${trace.length === 0 ? " before anything is done" : ` after ${String(trace.length)} events`}:`,
      ...trace.map(({ by, what }, i) => `${String(i + 1)}. ${by}: ${what}`),
      `${failing.reason?.code ?? "fails"}: ${failing.reason?.text ?? ""}`,
    ];
  }
  if (verdict === "stopped" && stopped)
    return [
      `The plan stops before step ${stopped.step}, and nothing has failed: ${stopped.waitsFor}.`,
    ];
  return ["Safe: no handshake fails in any order in which the cluster can follow."];
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${thousands(count)} ${what}s`;
}
