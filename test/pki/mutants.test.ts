import { expect, it } from "vitest";
import { survive } from "../support/pki/mutants.ts";

/** `npm run conformance:all` puts 200,000 through, and compares with Go which of them are certificates. */
it("survives 4,000 mutated certificates, none of which takes long", () => {
  const { slowest, certificates } = survive(7, 4000);
  expect(certificates).toBeGreaterThan(500);
  expect(slowest).toBeLessThan(1000);
});
