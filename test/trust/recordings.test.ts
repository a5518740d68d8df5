import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { factsOf } from "../../src/engine/facts.ts";
import { handshakes } from "../../src/trust/facts.ts";
import type { Handshake } from "../../src/trust/handshake.ts";
import { stores } from "../../src/trust/stores/fact.ts";
import { recording, recordingNames } from "../support/recordings.ts";

/** What real components decided: "ok", or their words; "*" where they could not even start. */
interface Observed {
  readonly activator_to_queue_proxy: Readonly<Record<string, string>>;
  readonly kourier_gateway_to: Readonly<Record<string, string>>;
  readonly kourier_trusted_certificates: number;
}

/** Reason codes that fit the words of a component; the first that matches. */
const fitting: readonly (readonly [words: string, codes: readonly string[]])[] = [
  ["activator exits", ["dialer-cannot-start"]],
  ["failed to fetch Secret", ["dialer-cannot-start"]],
  ["no valid CA", ["no-trust"]],
  ["does not have a matching name", ["name"]],
  ["expired", ["expired"]],
  ["unknown authority", ["unknown-authority", "no-trust"]],
  ["unable_to_get_local_issuer_certificate", ["unknown-authority"]],
];

function observedIn(name: string): Observed {
  const text = readFileSync(`test/fixtures/recordings/${name}/observed.json`, "utf8");
  return (JSON.parse(text) as { readonly observed: Observed }).observed;
}

function rowsOf(
  rows: readonly Handshake[],
  dialer: string,
  whom: string,
): readonly (Handshake | undefined)[] {
  const to = whom === "activator" ? "activator" : "queue-proxy";
  const found = rows.filter(
    ({ dialer: { component }, endpoint }) =>
      component === dialer &&
      endpoint.component === to &&
      (whom === "*" || whom === "activator" || endpoint.namespace === whom),
  );
  return found.length > 0 ? found : [undefined];
}

describe.each(recordingNames)("%s", (name) => {
  const { inventory, now } = recording(name);
  const ask = factsOf(inventory);
  const rows = ask(handshakes)(now);
  const observed = observedIn(name);
  const seen = [
    ["activator", observed.activator_to_queue_proxy],
    ["kourier-gateway", observed.kourier_gateway_to],
  ] as const;
  const cases = seen.flatMap(([dialer, whom]) =>
    Object.entries(whom).map(([to, words]) => [dialer, to, words] as const),
  );

  it.each(cases)("%s -> %s: %s", (dialer, to, words) => {
    for (const row of rowsOf(rows, dialer, to)) {
      const fits = fitting.find(([part]) => words.includes(part))?.[1] ?? [];
      expect(row?.verdict).toBe(words === "ok" ? "holds" : "fails");
      if (words !== "ok") expect(fits).toContain(row?.reason?.code);
    }
  });

  it("has the trust of net-kourier", () => {
    const kourier = ask(stores).find(({ holder }) => holder.component === "kourier-gateway");
    const kept = (kourier?.inputs ?? []).flatMap(({ reading }) => reading.kept);
    expect(kept).toHaveLength(observed.kourier_trusted_certificates);
  });
});
