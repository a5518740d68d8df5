import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { makeApp, type App } from "./app.ts";
import { random, type Random } from "../../support/random.ts";
import {
  certificate,
  configuration,
  installation,
  issuer,
  issuers,
  knativeService,
  nearMiss,
} from "./relevant.ts";
import { dashboard, definition, settings } from "./settings.ts";
import { autoscaler, deployment, role, service } from "./workload.ts";

export interface Corpus {
  readonly directory: string;
  /** Relative to the directory, sorted. */
  readonly files: readonly string[];
  readonly bytes: number;
  readonly medianSize: number;
  readonly largest: number;
}

export interface CorpusOptions {
  readonly seed: number;
  readonly files: number;
  /** Share of files with objects of Knative or cert-manager. */
  readonly relevant: number;
}

/** Share of files that only look as if they concerned us. */
const nearMisses = 0.01;

/** Writes a repository of manifests to a new directory; the same options give the same bytes. */
export function generate({ seed, files, relevant }: CorpusOptions): Corpus {
  const dice = random(seed);
  const texts = new Map<string, string>(fixedFiles());
  const wanted = Math.round(files * relevant);
  const near = Math.round(files * nearMisses);
  for (let i = texts.size; i < files; i++) {
    const app = makeApp(dice, i);
    const [kind, text] = i < wanted ? ours(dice, app) : theirs(dice, app, i < wanted + near);
    texts.set(`${app.team}/${app.namespace}/${app.part}/${kind}-${String(i)}.yaml`, text);
  }
  return write(texts);
}

function fixedFiles(): readonly (readonly [string, string])[] {
  return [
    ...Object.entries(installation).map(
      ([name, data]) => [`platform/knative/${name}.yaml`, configuration(name, data)] as const,
    ),
    ["platform/cert-manager/issuers.yaml", issuers],
  ];
}

type Made = readonly [kind: string, text: string];

function ours(dice: Random, app: App): Made {
  const roll = dice.int(1, 100);
  if (roll <= 70) return ["kservice", knativeService(dice, app)];
  return roll <= 92 ? ["certificate", certificate(dice, app)] : ["issuer", issuer(dice, app)];
}

function theirs(dice: Random, app: App, near: boolean): Made {
  if (near) return ["other", nearMiss(dice, app)];
  const roll = dice.int(1, 1000);
  if (roll <= 260) return ["deployment", deployment(dice, app)];
  if (roll <= 530) return ["service", service(dice, app)];
  if (roll <= 720) return ["configmap", settings(dice, app)];
  if (roll <= 800) return ["role", role(dice, app)];
  if (roll <= 870) return ["hpa", autoscaler(dice, app)];
  if (roll <= 970) return ["rendered", rendered(dice, app)];
  return roll <= 990 ? ["crd", definition(dice, app)] : ["dashboard", dashboard(dice, app)];
}

/** What `helm template` writes: every object of a chart, each behind a comment that names its source. */
function rendered(dice: Random, app: App): string {
  const parts = { configmap: settings, service, deployment, hpa: autoscaler, role };
  return Object.entries(parts)
    .map(([name, make]) => `---\n# Source: ${app.name}/templates/${name}.yaml\n${make(dice, app)}`)
    .join("");
}

function write(texts: ReadonlyMap<string, string>): Corpus {
  const directory = mkdtempSync(join(tmpdir(), "knative-certs-bench-"));
  const sizes: number[] = [];
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
    sizes.push(Buffer.byteLength(text));
  }
  sizes.sort((a, b) => a - b);
  return {
    directory,
    files: [...texts.keys()].toSorted(),
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    medianSize: sizes[Math.floor(sizes.length / 2)] ?? 0,
    largest: sizes.at(-1) ?? 0,
  };
}
