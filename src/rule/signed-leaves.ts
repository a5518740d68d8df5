import type { Authority } from "../model/certmanager/authorities.ts";
import { nameOf } from "../model/object.ts";
import type { SignedLeaf } from "../trust/signed-leaves.ts";
import type { Topic } from "./finding.ts";
import type { View } from "./rule.ts";

/** What lies in the Secrets that this issuer fills. */
export function leavesOf({ issuer }: Authority, view: View<"signedLeaves">): readonly SignedLeaf[] {
  return view.need(view.fact("signedLeaves")).get(nameOf(issuer)) ?? [];
}

/** The Secrets that hold what this issuer has signed, for faults that spoil all of it. */
export function secretsBelow({ issuer }: Authority, view: View<"signedLeaves">): readonly Topic[] {
  const leaves = view.fact("signedLeaves");
  return leaves.known ? (leaves.value.get(nameOf(issuer)) ?? []).map(nameOf) : [];
}
