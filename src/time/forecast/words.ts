import { nameOf } from "../../model/object.ts";
import type { Handshake } from "../../trust/handshake.ts";
import type { Leaf, Slice } from "../slices.ts";
import type { Break } from "./breaks.ts";
import type { Course, Node, Step } from "./course.ts";
import { first, type Generation } from "./lives.ts";
import type { Broken } from "./result.ts";
import { timeText } from "../time-text.ts";

/** A break, and whose leaf it hits. */
export interface Found {
  readonly break: Break;
  readonly slice: Slice | undefined;
  readonly leaf: Leaf | undefined;
  readonly generation: Generation | undefined;
  readonly alike: number;
}

export function brokenOf(found: Found, _course: Course, orders: "all" | "some"): Broken {
  const { node, from, row } = found.break;
  const path = pathTo(node);
  const steps = path.filter(({ effect }) => effect.type !== "reload").slice(-mostSteps);
  return {
    at: timeText(from),
    handshake: ofLeaf(row, found),
    alike: found.alike,
    because: [
      ...steps.map(
        ({ at, effect }) => `${timeText(at)} ${effect.type} of ${effect.object}: ${effect.effect}`,
      ),
      ...leafSays(found),
      reasonOf(found),
    ],
    prevent: prevention(path, found),
    orders,
  };
}

const mostSteps = 6;

/** One way from the start to a state: the one that was found first, which is the earliest. */
function pathTo(node: Node): readonly Step[] {
  const path: Step[] = [];
  const seen = new Set<Node>();
  let here: Node | undefined = node;
  while (here && !seen.has(here)) {
    seen.add(here);
    const step: Step | undefined = here.before.find(({ from }) => !seen.has(from));
    if (!step) break;
    path.unshift(step);
    here = step.from;
  }
  return path;
}

/** The row of the representative, told of the leaf that is meant. */
function ofLeaf(row: Handshake, { slice, leaf }: Found): Handshake {
  if (!slice || !leaf || leaf === slice.leaf) return row;
  const { namespace, name } = leaf.secret;
  const endpoint =
    row.endpoint.namespace === slice.leaf.secret.namespace
      ? { ...row.endpoint, namespace }
      : row.endpoint;
  return { ...row, endpoint, presents: { kind: "Secret", namespace, name }, chain: [], tried: [] };
}

function leafSays({ leaf, generation }: Found): readonly string[] {
  if (!leaf || !generation) return [];
  const name = nameOf(leaf.certificate ?? leaf.secret);
  return generation.signer === first
    ? [`${name} still presents the certificate that there is`]
    : [`${name} presents the certificate issued ${timeText(generation.at)}`];
}

function reasonOf({ break: one }: Found): string {
  if (one.row.reason) return one.row.reason.text;
  return `what the handshake rests on is valid until ${timeText(one.from)}`;
}

function prevention(path: readonly Step[], { break: one, leaf, generation }: Found): string {
  const rekey = path.findLast(({ effect }) => effect.type === "re-key");
  const ranOut = one.byExpiry;
  if (ranOut && generation && generation.notAfter <= one.from)
    return `let ${leaf?.certificate ? `the issuer of ${nameOf(leaf.certificate)} sign again` : "somebody renew the certificate"} before ${timeText(generation.notAfter)}`;
  if (rekey && !ranOut) {
    return (
      `before ${timeText(rekey.at)}, set privateKey.rotationPolicy: Never on ${rekey.effect.object} and a long duration, ` +
      "or keep the old and the new CA in a bundle that does not follow the Secret of the CA"
    );
  }
  if (ranOut)
    return "give the CA a longer duration, and renew it earlier than a leaf lives (renewBefore)";
  return "put the CA that signs into a bundle that the dialer reads";
}
