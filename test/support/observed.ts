import { readFileSync } from "node:fs";
import type { Handshake, Verdict } from "../../src/trust/handshake.ts";

interface Observed {
  readonly activator_to_queue_proxy: Readonly<Record<string, string>>;
  readonly kourier_gateway_to: Readonly<Record<string, string>>;
}

/** What real components decided in a recording: "activator -> shop" and whether it was ok. */
export function observedIn(name: string): Readonly<Record<string, Verdict>> {
  const { observed } = JSON.parse(
    readFileSync(`test/fixtures/recordings/${name}/observed.json`, "utf8"),
  ) as { readonly observed: Observed };
  return Object.fromEntries(
    [
      ...seenBy("activator", observed.activator_to_queue_proxy),
      ...seenBy("kourier-gateway", observed.kourier_gateway_to),
    ].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function seenBy(
  dialer: string,
  of: Readonly<Record<string, string>>,
): readonly (readonly [string, Verdict])[] {
  return Object.entries(of).map(([who, what]) => [
    `${dialer} -> ${who}`,
    what === "ok" ? "holds" : "fails",
  ]);
}

/** The same handshakes among rows. */
export function verdictsOf(rows: readonly Handshake[]): Readonly<Record<string, Verdict>> {
  return Object.fromEntries(
    rows
      .filter(({ dialer }) => ["activator", "kourier-gateway"].includes(dialer.component))
      .filter(({ endpoint }) => ["activator", "queue-proxy"].includes(endpoint.component))
      .map(({ dialer, endpoint, verdict }): readonly [string, Verdict] => {
        const who = endpoint.component === "activator" ? "activator" : endpoint.namespace;
        return [`${dialer.component} -> ${who}`, verdict];
      })
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
