import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { built } from "./built.ts";

export interface Dial {
  /** `ca.crt` of routing-serving-certs; "" when it has none. */
  readonly caCrt: string;
  readonly bundles: readonly string[];
  /** PEM of what the queue-proxy presents. */
  readonly certificate: string;
  readonly key: string;
  /** Of the Revision. */
  readonly namespace: string;
}

/** Puts questions to controlplane/dialer, real Go, and gives its answers in the same order: `ok` or the error. */
export function askGo(
  questions: readonly (Dial | { readonly check: string })[],
): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(built("dialer"), [], { stdio: ["pipe", "pipe", "inherit"] });
    const answers: string[] = [];
    createInterface(child.stdout).on("line", (line) => answers.push(JSON.parse(line) as string));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0 && answers.length === questions.length) resolve(answers);
      else reject(new Error(`the dialer ended with ${code} after ${answers.length} answers`));
    });
    child.stdin.end(questions.map((question) => `${JSON.stringify(question)}\n`).join(""));
  });
}
