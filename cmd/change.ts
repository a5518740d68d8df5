import { join } from "node:path";
import { readInput, type Input } from "../src/load/input.ts";
import { changed, type Change } from "../src/load/overlay/overlay.ts";
import { statOf } from "../src/load/stat.ts";
import type { Inventory } from "../src/model/inventory.ts";
import { kindNamed } from "../src/model/kind-name.ts";
import { kinds } from "../src/model/kinds.ts";
import { nameOf, type ObjectRef } from "../src/model/object.ts";
import { withTargets } from "../src/time/trust-manager/follow.ts";
import { loses } from "./offline.ts";
import type { ChangeRequest } from "./request.ts";
import type { State } from "./state.ts";
import { UserError } from "./user-error.ts";

export function changesAnything(request: ChangeRequest): boolean {
  return request.files.length + request.overlays.length + request.without.length > 0;
}

/**
 * The state as it would be after -f and --without, and once trust-manager has seen it; the same state where neither is
 * given.
 */
export async function withChange(state: State, request: ChangeRequest, now: Date): Promise<State> {
  if (!changesAnything(request)) return state;
  const input = await readInput({
    paths: request.files.map((path) => manifestsIn(path, request.recursive)),
    kustomizations: request.overlays,
  });
  refuseMissing(input);
  const removed = request.without.map(refOf);
  for (const ref of removed) mustExist(ref, state.inventories);
  const change: Change = {
    manifests: input.files.flatMap(({ objects }) => objects),
    problems: [...input.problems, ...input.files.flatMap(({ problems }) => problems)],
    files: input.files.map(({ path }) => path),
    namespace: state.namespace ?? "default",
    removed,
  };
  const inventories = state.inventories.map((before) =>
    withTargets(before, changed(before, change), now.getTime()),
  );
  return {
    ...state,
    inventories,
    sources: new Map([...state.sources, ...input.sources]),
    unreadInput: state.unreadInput || change.problems.some(loses),
    documents: state.documents + input.documents,
  };
}

/** A directory stands for the manifests in it, and with -R for those below it as well. */
function manifestsIn(path: string, recursive: boolean): string {
  const directory = path !== "-" && statOf(path)?.isDirectory() === true;
  return directory && !recursive ? join(path, "*.{yaml,yml,json}") : path;
}

function refuseMissing({ missing }: Input): void {
  const [first] = missing;
  if (first) throw new UserError(`the path "${first.path}" cannot be read: ${first.message}`);
}

/** KIND/NAMESPACE/NAME, or KIND/NAME of what has no namespace. */
function refOf(written: string): ObjectRef {
  const [word = "", ...rest] = written.split("/");
  const kind = kindNamed(word);
  if (!kind)
    throw new UserError(
      `--without ${written}: there is no kind ${word} among those that matter here`,
    );
  const wanted = kinds[kind].namespaced ? 2 : 1;
  if (rest.length !== wanted || rest.includes(""))
    throw new UserError(
      `--without ${written}: a ${kind} is named as ${kind}/${wanted === 2 ? "NAMESPACE/" : ""}NAME`,
    );
  const [namespace = "", name = ""] = wanted === 2 ? rest : ["", ...rest];
  return { kind, namespace, name };
}

function mustExist(ref: ObjectRef, inventories: readonly Inventory[]): void {
  const there = inventories.some(
    (inventory) => inventory.lookup(ref.kind, ref.namespace, ref.name).state !== "missing",
  );
  if (!there) throw new UserError(`--without: there is no ${nameOf(ref)}`);
}
