import { spawn, spawnSync } from "node:child_process";
import { resolve } from "node:path";

export const hasGo = spawnSync("go", ["version"]).status === 0;

interface Answer<T> {
  /** "go1.25.12" */
  readonly go: string;
  readonly answers: T;
}

/** Puts a question to the program in test/conformance/go, without stopping servers of this one meanwhile. */
export async function askGo<T>(question: string, input: unknown): Promise<Answer<T>> {
  const child = spawn("go", ["run", ".", question], {
    cwd: resolve("test/conformance/go"),
    stdio: ["pipe", "pipe", "inherit"],
  });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stdin.end(JSON.stringify(input));
  const code = await new Promise((done) => child.on("close", done));
  if (code !== 0) throw new Error(`go run . ${question} ended with ${String(code)}`);
  const answer: Answer<T> = JSON.parse(Buffer.concat(output).toString());
  return answer;
}
