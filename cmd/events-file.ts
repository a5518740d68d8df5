import { dirname, resolve } from "node:path";
import { readInput } from "../src/load/input.ts";
import { readText } from "../src/load/text.ts";
import { isObject, type Json } from "../src/model/json.ts";
import { nameOf, type KubeObject } from "../src/model/object.ts";
import type { Given } from "../src/time/events.ts";
import { UserError } from "./user-error.ts";

const shapes =
  'Write [{"renew":"NS/NAME"}, {"sync":"bundle/NAME"}, {"reload":"COMPONENT"}, {"apply":"DIR"}, {"at":"TIME"}].';

/** The events of a file, with the manifests that they apply; paths in it start at the file. */
export async function readEvents(path: string, cwd: string): Promise<readonly Given[]> {
  const file = path === "-" ? path : resolve(cwd, path);
  const read = readText(file);
  if ("problem" in read) throw new UserError(`${path} cannot be read: ${read.problem}`, shapes);
  const list = parsed(read.text, path);
  const base = path === "-" ? cwd : dirname(file);
  const events: Given[] = [];
  for (const [i, entry] of list.entries())
    events.push(await eventOf(entry, `${path}[${String(i)}]`, base));
  return events;
}

function parsed(text: string, path: string): readonly Json[] {
  let value: Json;
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON.parse gives JSON
    value = JSON.parse(text) as Json;
  } catch (error) {
    throw new UserError(
      `${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`,
      shapes,
    );
  }
  if (!Array.isArray(value)) throw new UserError(`${path} must be a list of events`, shapes);
  return value as readonly Json[];
}

async function eventOf(entry: Json, where: string, base: string): Promise<Given> {
  const [[key, value] = ["", ""], ...more] = isObject(entry) ? Object.entries(entry) : [];
  if (more.length > 0 || typeof value !== "string" || value === "")
    throw new UserError(`${where} must have one of renew, sync, reload, apply and at`, shapes);
  switch (key) {
    case "renew":
      return {
        type: "renew",
        certificate: nameOf({ kind: "Certificate", ...split(value, where) }),
      };
    case "sync":
      return {
        type: "sync",
        bundle: nameOf({ kind: "Bundle", namespace: "", name: value.replace(/^bundle\//i, "") }),
      };
    case "reload":
      return { type: "reload", component: value };
    case "apply":
      return {
        type: "apply",
        name: value,
        manifests: await manifestsIn(resolve(base, value), where),
      };
    case "at":
      return { type: "at", time: timeOf(value, where) };
    default:
      throw new UserError(`${where}: there is no event ${key}`, shapes);
  }
}

function split(
  value: string,
  where: string,
): { readonly namespace: string; readonly name: string } {
  const [namespace = "", name = "", ...rest] = value.replace(/^certificate\//i, "").split("/");
  if (!namespace || !name || rest.length > 0)
    throw new UserError(`${where}: ${value} is no NS/NAME of a Certificate`, shapes);
  return { namespace, name };
}

function timeOf(value: string, where: string): number {
  const time = Date.parse(value);
  if (Number.isNaN(time)) throw new UserError(`${where}: ${value} is no time`, shapes);
  return time;
}

async function manifestsIn(path: string, where: string): Promise<readonly KubeObject[]> {
  const input = await readInput({ paths: [path], kustomizations: [] });
  const [missing] = input.missing;
  if (missing) throw new UserError(`${where}: ${missing.path}: ${missing.message}`, shapes);
  const [problem] = input.files.flatMap(({ problems }) => problems);
  if (problem) throw new UserError(`${where}: ${path} cannot be applied: ${problem.message}`);
  return input.files.flatMap(({ objects }) => objects);
}
