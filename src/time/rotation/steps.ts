import { parseDuration } from "../../model/go/duration.ts";
import type { KubeObject } from "../../model/object.ts";

/**
 * What must hold before a step is taken. healthy: every handshake holds and nothing has expired. issued: cert-manager
 * has re-issued everything, and every leaf is signed by what its issuer signs with now. grace: that much time has
 * passed since, in milliseconds.
 */
export type Wait =
  | { readonly type: "healthy" }
  | { readonly type: "issued" }
  | { readonly type: "grace"; readonly time: number };

/** One step of a plan: wait, then apply. */
export interface PlanStep {
  readonly name: string;
  readonly waits: readonly Wait[];
  readonly manifests: readonly KubeObject[];
}

/** The file beside the manifests of a step that says what to wait for, one condition a line. */
export const waitFile = "WAIT";

const plainGrace = 10 * 60_000;

/** A line of a WAIT file; undefined where it means nothing. */
export function parseWait(line: string): Wait | undefined {
  const [word = "", amount] = line.trim().split(/\s+/);
  if (word === "healthy" || word === "issued") return { type: word };
  if (word !== "grace") return undefined;
  const time = amount === undefined ? plainGrace : parseDuration(amount);
  return time === undefined ? undefined : { type: "grace", time };
}

/** The line that `parseWait` reads as this. */
export function waitLine(wait: Wait): string {
  return wait.type === "grace" ? `grace ${String(Math.round(wait.time / 60_000))}m` : wait.type;
}

/** A step without manifests waits for whatever is under way. */
export const everything: readonly Wait[] = [
  { type: "issued" },
  { type: "grace", time: plainGrace },
];

export function waitText(wait: Wait): string {
  switch (wait.type) {
    case "healthy":
      return "every handshake holds, and nothing has expired";
    case "issued":
      return "every certificate is re-issued by the issuer that it names now";
    case "grace":
      return `${String(Math.round(wait.time / 60_000))} minutes have passed, in which every component that can has loaded what there is`;
  }
}
