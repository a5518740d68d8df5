import { isCa } from "../../model/certmanager/certificate.ts";
import { nameOf } from "../../model/object.ts";
import { presented } from "../certificates.ts";
import { objectsIn, secretOf } from "../world.ts";
import type { Course, Node, Step } from "./course.ts";
import type { Life } from "./life.ts";
import type { Happening } from "./result.ts";
import { timeText } from "../time-text.ts";

const order: readonly string[] = [
  "re-key",
  "renewal",
  "failed renewal",
  "sync",
  "failed sync",
  "reload",
];

/** The course in which everything happens at its time, and what is due together in a fixed order. */
export function nominalPath(course: Course): readonly Step[] {
  const path: Step[] = [];
  const seen = new Set<Node>();
  let here = course.nodes[0];
  while (here && !seen.has(here)) {
    seen.add(here);
    const next = here.next.toSorted(byTimeAndKind)[0];
    if (!next) break;
    path.push(next);
    here = next.to;
  }
  return path;
}

function byTimeAndKind(a: Step, b: Step): number {
  return (
    a.at - b.at ||
    order.indexOf(a.effect.type) - order.indexOf(b.effect.type) ||
    (a.effect.object < b.effect.object ? -1 : 1)
  );
}

/** By time, and what is due together so that each comes after what it follows from. */
export function byTimeAndCause(a: Happening, b: Happening): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return order.indexOf(a.type) - order.indexOf(b.type) || (a.object < b.object ? -1 : 1);
}

export function sharedEvents(path: readonly Step[], course: Course): readonly Happening[] {
  const steps = path.map(({ at, effect }) => ({ at: timeText(at), ...effect }));
  const nodes = [course.nodes[0], ...path.map(({ to }) => to)].filter((node) => node !== undefined);
  return [...steps, ...expiries(nodes, course.end)];
}

/** The end of each CA certificate, whether or not another one has taken its place: leaves may rest on it still. */
function expiries(nodes: readonly Node[], end: number): readonly Happening[] {
  const found = new Map<string, Happening>();
  for (const { state } of nodes) {
    for (const certificate of objectsIn(state.world, "Certificate").filter(isCa)) {
      const secret = secretOf(state.world, certificate);
      const [one] = secret ? presented(secret, "tls.crt") : [];
      if (!one || one.notAfter.getTime() > end) continue;
      found.set(one.fingerprint, {
        at: timeText(one.notAfter.getTime()),
        type: "expiry",
        object: nameOf(certificate),
        effect: `its certificate of ${timeText(one.notBefore.getTime())} expires`,
      });
    }
  }
  return [...found.values()];
}

export function leafEvents(members: readonly Life[], end: number): readonly Happening[] {
  return members.flatMap(({ leaf, generations }) => {
    const object = nameOf(leaf.certificate ?? leaf.secret);
    const renewals = generations
      .slice(1)
      .filter(({ at }, i) => at !== generations[i]?.at && at <= end);
    const last = generations.at(-1);
    const events = renewals.map(({ at, notAfter }): Happening => ({
      at: timeText(at),
      type: "renewal",
      object,
      effect: `a new certificate, valid until ${timeText(notAfter)}`,
    }));
    if (!last || last.notAfter > end || last.notAfter >= last.to) return events;
    const effect = "its certificate expires, and nothing renews it";
    return [...events, { at: timeText(last.notAfter), type: "expiry", object, effect }];
  });
}
