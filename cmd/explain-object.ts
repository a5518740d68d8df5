import { factsOf } from "../src/engine/facts.ts";
import type { Inventory } from "../src/model/inventory.ts";
import { explainer, explicable, type Explicable } from "../src/model/issuance/explanation.ts";
import { nearest } from "../src/model/near.ts";
import { nameOf, refOf, type KubeObject } from "../src/model/object.ts";
import { rfc3339 } from "../src/model/time.ts";
import type { ExplainedObject, ExplanationDocument } from "../src/report/explanation/document.ts";
import { explanationFormats } from "../src/report/explanation/formats.ts";
import { kindsReadByFact } from "../src/engine/closure.ts";
import { exitCodes } from "./exit-code.ts";
import { explicableKind } from "./explain-topic.ts";
import type { Io } from "./io.ts";
import { plainWidth, wantsColor } from "./output.ts";
import type { ExplainRequest } from "./request.ts";
import { readState, stateConfig } from "./read-state.ts";
import { UserError } from "./user-error.ts";

/** Prints every certificate behind an object with what it rests on; exit code 1 when one of them is not issued. */
export async function explainObject(request: ExplainRequest, io: Io): Promise<number> {
  const { environment, namespace, format, color } = request;
  const { kind, name } = topicOf(request.topic);
  const config = await stateConfig(request, environment, io);
  const wanted = kindsReadByFact(explainer);
  const state = await readState(request, environment, config, wanted, io);
  const now = environment.now ?? state.takenAt ?? io.now();
  const found = state.inventories.map((inventory) => ({
    inventory,
    objects: factsOf(inventory)(explainer).find(kind, name, namespace),
  }));
  const all = found.flatMap(({ objects }) => objects);
  if (all.length === 0 && state.unreadInput) {
    state.notice();
    return exitCodes.notAnalyzed;
  }
  if (all.length === 0) throw nothingOf(kind, name, namespace, state.inventories);
  for (const { objects } of found) onlyOne(objects);
  const document: ExplanationDocument = {
    now: rfc3339(now),
    worlds: found.flatMap(({ inventory, objects }) =>
      objects.map((object) => explainedIn(inventory, object, now)),
    ),
  };
  const { render } = await explanationFormats[format]();
  io.out(render(document, { width: io.columns ?? plainWidth, color: wantsColor(color, io) }));
  state.notice();
  const fails = document.worlds.some(({ explanations }) =>
    explanations.some(({ outcome }) => outcome === "not issued"),
  );
  return fails ? exitCodes.findings : exitCodes.clean;
}

function topicOf(topic: string): { readonly kind: Explicable; readonly name: string } {
  const slash = topic.indexOf("/");
  const kind = explicableKind(topic.slice(0, slash));
  const name = topic.slice(slash + 1);
  if (kind && name !== "") return { kind, name };
  throw new UserError(
    `${topic} cannot be explained`,
    `Write KIND/NAME; kinds are ${explicable.join(", ")}, as kubectl knows them.`,
  );
}

function explainedIn(inventory: Inventory, object: KubeObject, now: Date): ExplainedObject {
  const explanations = factsOf(inventory)(explainer).explain(object, now);
  return { world: inventory.world, object: refOf(object), explanations };
}

function onlyOne(objects: readonly KubeObject[]): void {
  const [first, second] = objects;
  if (first && second)
    throw new UserError(
      `there is more than one: ${objects.map(nameOf).join(", ")}`,
      `Name the namespace: -n ${first.namespace}.`,
    );
}

function nothingOf(
  kind: Explicable,
  name: string,
  namespace: string | undefined,
  inventories: readonly Inventory[],
): UserError {
  const others = inventories.flatMap((inventory) => inventory.all(kind));
  const elsewhere = others.filter((one) => one.name === name).map((one) => one.namespace);
  const near = nearest(
    name,
    others.map((one) => one.name),
  );
  const [there] = elsewhere;
  const hint =
    there === undefined ? near && `Did you mean ${near}?` : `There is one in namespace ${there}.`;
  const where = namespace === undefined ? "" : ` in namespace ${namespace}`;
  return new UserError(`there is no ${kind} ${name}${where} in what was read`, hint ?? "");
}
