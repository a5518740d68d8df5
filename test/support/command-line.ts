import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../cmd/run.ts";
import { testNow } from "./analyze.ts";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  /** Columns of the terminal; none stands for a pipe. */
  readonly columns?: number;
  readonly cwd?: string;
  readonly now?: () => Date;
  /** Ends what goes on. */
  readonly ended?: AbortSignal;
  /** Hears what goes to standard output, as it goes. */
  readonly heard?: (text: string) => void;
}

/** Runs a command line in this process, with everything that it would print caught. */
export async function ran(
  argv: readonly string[],
  { env = {}, columns, cwd = process.cwd(), now = () => testNow, ended, heard }: Surroundings = {},
): Promise<Ran> {
  let out = "";
  let err = "";
  const code = await run(argv, "/usr/local/bin/kubectl-knative_certs", {
    out: (text) => {
      out += text;
      heard?.(text);
    },
    err: (text) => (err += text),
    env,
    cwd,
    columns,
    now,
    ...(ended && { ended }),
  });
  return { code, out, err };
}

export type Files = Readonly<Record<string, string>>;

/** Hands a directory with these files to `use`, and removes it afterwards. */
export async function withFiles<T>(
  files: Files,
  use: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "knative-certs-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A `config-network` with one fault, KC111, in its last line. */
export const silentlyOff = `apiVersion: v1
kind: ConfigMap
metadata:
  name: config-network
  namespace: knative-serving
data:
  external-domain-tls: "on"
`;
