import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { locateReport } from "../../cmd/locate-report.ts";
import { helpUrl } from "../../cmd/pages.ts";
import { factTable } from "../../src/engine/facts.ts";
import { runRule } from "../../src/engine/run.ts";
import { ruleText } from "../../src/load/cluster/rbac.ts";
import { textPlace } from "../../src/load/file.ts";
import { kustomize } from "../../src/load/kustomize.ts";
import { findFiles } from "../../src/load/paths.ts";
import type { Inventory, ReadingProblem } from "../../src/model/inventory.ts";
import { isKind, kinds } from "../../src/model/kinds.ts";
import type { ObjectRef } from "../../src/model/object.ts";
import type { Finding } from "../../src/rule/finding.ts";
import type { Rule } from "../../src/rule/index.ts";
import type { Report } from "../../src/rule/report.ts";
import { analyzed, testNow } from "./analyze.ts";
import type { Example } from "./rule-pages.ts";
import { inventoryOf } from "./world.ts";

/** The world of an example, or of another text under the same flags. */
export async function worldOf(example: Example, text = example.text): Promise<Inventory> {
  const { flags, file } = example;
  const knative = flags.get("knative");
  const certManager = flags.get("cert-manager");
  const clusterDomain = flags.get("cluster-domain");
  const isKustomization = flags.has("kustomization");
  const inventory = inventoryOf(isKustomization ? {} : { [file]: text }, {
    complete: flags.has("complete"),
    assumed: list(flags.get("assume")).map(objectRef),
    environment: {
      versions: { ...(knative && { knative }), ...(certManager && { certManager }) },
      ...(clusterDomain && { clusterDomain }),
    },
    problems: [
      ...(isKustomization ? rendered(file, text) : []),
      ...(await absent(flags.get("absent"))),
    ],
  });
  return { ...inventory, ...answersOf(flags) };
}

/** What a live cluster would not give. */
function answersOf(flags: Example["flags"]): Pick<Inventory, "live" | "unanswered"> {
  const forbidden = list(flags.get("forbidden")).filter(isKind);
  const failed = list(flags.get("unanswered")).filter(isKind);
  return {
    live: flags.has("forbidden") || flags.has("unanswered"),
    unanswered: [
      ...forbidden.map((kind) => ({
        kind,
        why: `${kind} cannot be read: forbidden`,
        rbac: ruleText(kind),
      })),
      ...failed.map((kind) => ({ kind, why: `${kind} cannot be read: the API server said 503` })),
    ],
  };
}

function list(value: string | undefined): readonly string[] {
  return (value ?? "").split(",").filter(Boolean);
}

function objectRef(text: string): ObjectRef {
  const [kind = "", ...rest] = text.split("/");
  if (!isKind(kind)) throw new Error(`${text}: there is no kind ${kind}`);
  const name = rest.at(-1) ?? "";
  return { kind, name, namespace: kinds[kind].namespaced ? (rest.at(-2) ?? "default") : "" };
}

/** What a kustomization that cannot be rendered brings. */
function rendered(file: string, text: string): readonly ReadingProblem[] {
  const directory = mkdtempSync(join(tmpdir(), "example-"));
  try {
    writeFileSync(join(directory, "kustomization.yaml"), text);
    return kustomize([], [directory]).problems.map((problem) => ({
      ...problem,
      place: textPlace(file, 0),
    }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function absent(path: string | undefined): Promise<readonly ReadingProblem[]> {
  if (path === undefined) return [];
  const { problems } = await findFiles([path]);
  return problems.map((problem) => ({
    type: "unreadable",
    place: textPlace(problem.path, 0),
    message: problem.message,
    named: true,
  }));
}

function nowOf({ flags }: Example): Date {
  const now = flags.get("now");
  return now === undefined ? testNow : new Date(now);
}

/** Runs the rule, and those that the example asks for, over a world. */
export function judged(rule: Rule, example: Example, world: Inventory): Report {
  const select = [rule.code, ...list(example.flags.get("with"))];
  return analyzed([world], { select, now: nowOf(example) });
}

/** What the user reads: the text report at 80 columns, without colour. */
export async function outputOf(rule: Rule, example: Example): Promise<string> {
  const report = judged(rule, example, await worldOf(example));
  const { file, flags, text } = example;
  const sources = new Map(flags.has("kustomization") ? [] : [[file, text]]);
  const located = await locateReport(report, sources);
  const { formats } = await import("../../src/report/formats.ts");
  const { render } = await formats.text();
  return render(located, {
    width: 80,
    color: false,
    all: example.verdict === "unknown",
    debug: false,
    toolVersion: "0.0.0",
    helpUrl,
    ruleHelp: () => "",
  });
}

/** Every kind and fact that the rule itself asks for; what facts read in turn is not counted. */
export function readsOf(rule: Rule, example: Example, world: Inventory): ReadonlySet<string> {
  const read = new Set<string>();
  const { ask } = factTable(world);
  const watched: Inventory = {
    ...world,
    all: (kind) => world.all(note(kind)),
    within: (kind, ...rest) => world.within(note(kind), ...rest),
    find: (kind, ...rest) => world.find(note(kind), ...rest),
    knowledge: (kind, ...rest) => world.knowledge(note(kind), ...rest),
    lookup: (kind, ...rest) => world.lookup(note(kind), ...rest),
  };
  function note<T extends string>(name: T): T {
    read.add(name);
    return name;
  }
  runRule(
    rule,
    {
      inventory: watched,
      now: nowOf(example),
      facts: {
        ask: (fact) => {
          note(fact.name);
          return ask(fact);
        },
        unread: () => new Set(),
      },
      get suppressions() {
        note("suppressions");
        return [];
      },
    },
    { severity: undefined, keep: false, before: undefined },
  );
  return read;
}

/** What a finding says, without the document and the line at which it is said. */
export function essence(finding: Finding) {
  const { place, related, ...rest } = finding;
  return {
    ...rest,
    place: spot(place),
    related: related
      .map((one) => ({ note: one.note, place: spot(one.place) }))
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  };
}

function spot(place: Finding["place"]) {
  return place && [place.pointer, place.part, place.inside];
}
