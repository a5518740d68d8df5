import { kourierResync } from "../holders.ts";
import { isPossible, type judgeOf } from "./breaks.ts";
import type { Course, Node } from "./course.ts";
import type { Lives } from "./life.ts";
import type { Generation } from "./lives.ts";
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
  const mine = lives.find(({ slice }) => slice === found.slice);
  const life = mine?.members.find(({ leaf }) => leaf === found.leaf);
  const generations = life?.generations ?? [shared];
  const failing = new Map(
    generations.map(({ signer }) => {
      const within = mine?.signed.get(signer) ?? { from: 0, to: course.end };
      const breaks = judge
        .breaks(found.slice, signer, within)
        .filter(({ key }) => key === found.break.key);
      return [signer, new Set(breaks.map(({ node }) => node))];
    }),
  );
  const holds = ({ node, generation }: Spot) =>
    isPossible(node, generation.signer) &&
    generation.notAfter >= Math.min(node.to, until) &&
    !failing.get(generation.signer)?.has(node);
  return leadsPast(course, { generations, until, holds }) ? "some" : "all";
}

/** A handshake with what is shared presents whatever the shared state holds. */
const shared: Generation = {
  signer: "shared",
  nth: 0,
  at: Number.NEGATIVE_INFINITY,
  from: Number.NEGATIVE_INFINITY,
  to: Number.POSITIVE_INFINITY,
  notAfter: Number.POSITIVE_INFINITY,
};

/** A shared state, and the certificate that is presented in it. */
interface Spot {
  readonly node: Node;
  readonly generation: Generation;
}

interface Way {
  readonly generations: readonly Generation[];
  readonly until: number;
  readonly holds: (spot: Spot) => boolean;
}

/** True where one thing after the other, in the shared state or to the leaf, can happen with the handshake holding all the time. */
function leadsPast(course: Course, { generations, until, holds }: Way): boolean {
  const [start] = course.nodes;
  const queue: Spot[] = start ? startsAt(start, generations) : [];
  const seen = new Map<Node, Set<Generation>>();
  for (let here = queue.pop(); here; here = queue.pop()) {
    const { node, generation } = here;
    const known = seen.get(node) ?? new Set();
    if (known.has(generation)) continue;
    seen.set(node, known.add(generation));
    if (!holds(here)) continue;
    const isLast = node.to >= until || node.next.length === 0;
    if (isLast && generation.to >= Math.min(node.to, until)) return true;
    const nodes = node.next.map(({ to }) => ({ node: to, generation }));
    const leaves = generations
      .filter(({ nth }) => nth === generation.nth + 1)
      .map((next) => ({ node, generation: next }));
    queue.push(...[...nodes, ...leaves].filter(overlaps));
  }
  return false;
}

function startsAt(node: Node, generations: readonly Generation[]): Spot[] {
  return generations.filter(({ nth }) => nth === 0).map((generation) => ({ node, generation }));
}

/** There is a time at which both can be. */
function overlaps({ node, generation }: Spot): boolean {
  return generation.from <= node.to && generation.to >= node.from;
}
