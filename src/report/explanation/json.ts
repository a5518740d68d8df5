import type { Link } from "../../model/issuance/chain.ts";
import type { Explanation } from "../../model/issuance/explanation.ts";
import { rfc3339 } from "../../model/time.ts";
import type { ExplanationDocument } from "./document.ts";

export function render({ now, worlds }: ExplanationDocument): string {
  const document = {
    version: 1,
    kind: "explanation",
    now,
    clusters: [...new Set(worlds.map(({ world }) => world))].map((name) => ({ name })),
    explanations: worlds.flatMap(({ world, object, explanations }) =>
      explanations.map((one) => ({ cluster: world, object, ...entryOf(one) })),
    ),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function entryOf({ subject, dnsNames, outcome, chain, notAfter, renewalTime }: Explanation) {
  const cause = chain.cause ? chain.links.indexOf(chain.cause) : -1;
  return {
    certificate: subject,
    dnsNames,
    outcome,
    chain: chain.links.map(linkOf),
    /** Index in `chain` of the link that holds up the others. */
    cause: cause === -1 ? null : cause,
    failedAttempts: chain.failedAttempts,
    lastFailure: timeOf(chain.lastFailure),
    nextAttempt: timeOf(chain.nextAttempt),
    notAfter: timeOf(notAfter),
    renewalTime: timeOf(renewalTime),
  };
}

function linkOf({ step, ref, state, says, fix, since }: Link) {
  const { kind, namespace, name } = ref;
  return { step, kind, namespace, name, state, says, fix: fix ?? null, since: timeOf(since) };
}

function timeOf(time: Date | undefined): string | null {
  return time ? rfc3339(time) : null;
}
