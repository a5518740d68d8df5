import { dirname, resolve } from "node:path";
import { groups } from "../rules/groups.ts";
import { rules } from "../rules/index.ts";
import { presets } from "../rules/presets.ts";
import { endOfDay } from "../src/engine/annotations.ts";
import { checkPlugin } from "../src/engine/plugin.ts";
import { selectRules, type Catalogue, type Selected } from "../src/engine/select.ts";
import type { WrittenSuppression } from "../src/engine/suppress.ts";
import {
  configPlace,
  discoverConfig,
  readConfig,
  type ConfigFile,
} from "../src/load/config-file.ts";
import { configFileName } from "../src/load/paths.ts";
import { readBaseline } from "../src/load/baseline-file.ts";
import { plainEnvironment, type Environment } from "../src/model/environment.ts";
import { isKind, kinds } from "../src/model/kinds.ts";
import type { ObjectRef } from "../src/model/object.ts";
import type { KnownFindings, Severity } from "../src/rule/finding.ts";
import type { Io } from "./io.ts";
import type { AnalysisRequest, EnvironmentRequest } from "./request.ts";
import { UserError } from "./user-error.ts";

/** The nearest configuration file to `start`, or the one the user named, or none. */
export async function loadConfig(
  request: EnvironmentRequest,
  start: string,
  io: Io,
): Promise<ConfigFile | undefined> {
  if (request.config === false) return undefined;
  const named = request.config !== undefined;
  const path = request.config ?? discoverConfig(start);
  if (path === undefined) return undefined;
  const config = await readConfig(path, named);
  if ("faults" in config)
    throw new UserError(
      `the configuration cannot be used:\n${config.faults.map((fault) => `  ${fault}`).join("\n")}`,
    );
  if (!named && (config.content.plugins ?? []).length > 0) {
    io.err(
      `notice: ${path} lists plugins; a configuration that was only found loads none. Name it: --config ${path}\n`,
    );
  }
  return config;
}

/** All rules: those of this program and those of plugins that the user named. */
export async function loadCatalogue(
  request: AnalysisRequest,
  config: ConfigFile | undefined,
  io: Io,
): Promise<Catalogue> {
  const wanted = [
    ...request.plugins.map((path) => ({ path, from: io.cwd })),
    ...(config?.named ? (config.content.plugins ?? []) : []).map((path) => ({
      path,
      from: dirname(config?.path ?? ""),
    })),
  ];
  const all = [...rules];
  if (wanted.length === 0) return { rules: all, groups, presets };
  // A file of its own, as compiled-code.ts wants it.
  const { importPlugin } = await import("../src/load/plugin.ts");
  for (const { path, from } of wanted) {
    const value = await importPlugin(path, from).catch((error: unknown) => {
      throw new UserError(
        `plugin ${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
    const plugin = checkPlugin(value, new Set(all.map(({ code }) => code)));
    if ("faults" in plugin)
      throw new UserError(
        `plugin ${path} is not one:\n${plugin.faults.map((fault) => `  ${fault}`).join("\n")}`,
      );
    all.push(...plugin.rules);
  }
  return { rules: all, groups, presets };
}

export function chooseRules(
  request: AnalysisRequest,
  config: ConfigFile | undefined,
  catalogue: Catalogue,
): Selected {
  const severities = new Map<string, Severity | "off">(Object.entries(config?.content.rules ?? {}));
  const selected = selectRules(catalogue, {
    select: request.select,
    ignore: request.ignore,
    severities,
  });
  const [wrong] = selected.unknown;
  if (wrong !== undefined) {
    throw new UserError(
      `there is no rule, group or preset ${wrong}`,
      "kubectl knative-certs rules lists them.",
    );
  }
  return selected;
}

export function environmentOf(
  request: EnvironmentRequest,
  config: ConfigFile | undefined,
): Environment {
  const { namespaces = {}, versions = {}, clusterDomain } = config?.content.environment ?? {};
  const stated = {
    ...versions,
    ...(request.knativeVersion !== undefined && { knative: request.knativeVersion }),
    ...(request.certManagerVersion !== undefined && { certManager: request.certManagerVersion }),
    ...(request.trustManagerVersion !== undefined && { trustManager: request.trustManagerVersion }),
  };
  return {
    clusterDomain: request.clusterDomain ?? clusterDomain ?? plainEnvironment.clusterDomain,
    namespaces: {
      ...plainEnvironment.namespaces,
      ...namespaces,
      ...(request.servingNamespace !== undefined && { serving: request.servingNamespace }),
    },
    versions: stated,
  };
}

export function assumedObjects(config: ConfigFile | undefined): readonly ObjectRef[] {
  return (config?.content.assume ?? []).map(({ kind, namespace, name }, i) => {
    if (!isKind(kind))
      throw new UserError(
        `${config?.path ?? configFileName}: assume[${String(i)}].kind: ${kind} is no kind that is looked at`,
      );
    return { kind, namespace: kinds[kind].namespaced ? (namespace ?? "default") : "", name };
  });
}

export function configuredSuppressions(
  config: ConfigFile | undefined,
): readonly WrittenSuppression[] {
  return (config?.content.suppress ?? []).map(
    ({ rule, kind, namespace, name, reason, until }, i) => ({
      rule,
      kind,
      namespace,
      name,
      reason: reason ?? "",
      until: until === undefined ? undefined : endOfDay(until),
      place: config && configPlace(config, "suppress", i),
      object: undefined,
      world: undefined,
    }),
  );
}

export function knownFindings(request: AnalysisRequest, io: Io): KnownFindings {
  if (request.baseline === undefined) return new Map();
  const baseline = readBaseline(resolve(io.cwd, request.baseline));
  if ("fault" in baseline) throw new UserError(baseline.fault, "--write-baseline FILE makes one.");
  return baseline.known;
}
