import { kourierResync } from "../holders.ts";
import { isPossible, type judgeOf } from "./breaks.ts";
import type { Course, Node } from "./course.ts";
import type { Lives } from "./life.ts";
import type { Found } from "./words.ts";

/** What is due together has all happened, and every component has seen it, after this time. */
const settledAfter = 2 * kourierResync;

/** "some" where an order of events leads past the break. */
export function ordersOf(
  found: Found,
  course: Course,
  judge: ReturnType<typeof judgeOf>,
  lives: readonly Lives[],
): "all" | "some" {
  const until = Math.min(found.break.from + settledAfter, course.end);
  const { key } = found.break;
  const mine = lives.find(({ slice }) => slice === found.slice);
  const life = mine?.members.find(({ leaf }) => leaf === found.leaf);
  const signers = [...new Set(life?.generations.map(({ signer }) => signer) ?? ["shared"])];
  const failing = new Map(
    signers.map((signer) => [
      signer,
      new Set(
        judge
          .breaks(found.slice, signer, mine?.signed.get(signer) ?? { from: 0, to: course.end })
          .filter((one) => one.key === key)
          .map(({ node }) => node),
      ),
    ]),
  );
  const holds = (node: Node) =>
    signers.some((signer) => {
      const presented =
        signer === "shared" ||
        life?.generations.some(
          (one) =>
            one.signer === signer &&
            one.from <= Math.min(node.to, until) &&
            one.to >= node.from &&
            one.notAfter >= Math.min(node.to, until),
        );
      return presented && isPossible(node, signer) && !failing.get(signer)?.has(node);
    });
  return leadsPast(course, until, holds) ? "some" : "all";
}

function leadsPast(course: Course, until: number, holds: (node: Node) => boolean): boolean {
  const [start] = course.nodes;
  const queue = start ? [start] : [];
  const seen = new Set(queue);
  for (let here = queue.pop(); here; here = queue.pop()) {
    if (!holds(here)) continue;
    if (here.to >= until || here.next.length === 0) return true;
    for (const { to } of here.next) {
      if (seen.has(to)) continue;
      seen.add(to);
      queue.push(to);
    }
  }
  return false;
}
