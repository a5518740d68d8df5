import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { blankSecrets } from "../../src/load/blank.ts";
import { privateParts } from "../../src/load/private-parts.ts";

function shown(text: string): string {
  const lines = text.split("\n");
  const blanked = blankSecrets(text, privateParts(text), 0, lines);
  expect(blanked.map((line) => line.length)).toEqual(lines.map((line) => line.length));
  return blanked.join("\n");
}

const value = (word: string) =>
  fc.constantFrom(word, `a\n${word}`, `{"x": "${word}"}`, `# ${word}`, `${word}\n\n- ${word}: y`);

const secret = fc
  .record({
    kind: fc.constantFrom("Secret", "SecretList"),
    metadata: fc.record({
      annotations: fc.record({ last: value("private") }),
      ownerReferences: fc.array(fc.record({ kind: fc.constantFrom("Secret", "ConfigMap") })),
    }),
    stringData: fc.record({ name: value("private"), config: value("private") }),
    data: fc.record({ kind: value("private") }),
  })
  .chain((object) => fc.shuffledSubarray(Object.entries(object), { minLength: 4 }))
  .map((entries) => Object.fromEntries(entries));

const other = fc.record({
  kind: fc.constantFrom("ConfigMap", "Certificate", "SecretStore"),
  spec: fc.record({ secretName: value("public"), data: value("public") }),
});

const layout = fc.constantFrom<(value: unknown) => string>(
  (one) => stringify(one),
  (one) => stringify(one, { indentSeq: false }),
  (one) => stringify(one, { indent: 4 }),
  (one) => stringify(one, { defaultStringType: "QUOTE_DOUBLE" }),
  (one) => JSON.stringify(one, null, 2),
  (one) => JSON.stringify(one, null, 1),
);

const key = "a: 1\nb: |\n  -----BEGIN RSA PRIVATE KEY-----\n  c2VjcmV0\n";

const count = (text: string, word: string) => text.split(word).length - 1;

describe("blankSecrets", () => {
  it("hides every value of Secrets in a list, and nothing of what stands beside them", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(secret, other), { minLength: 1 }), layout, (items, write) => {
        const text = write({ apiVersion: "v1", kind: "List", items });
        const seen = shown(text);
        expect(seen).not.toContain("private");
        expect(count(seen, "public")).toBe(count(text, "public"));
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  it("hides all of a list in one line that may hold a Secret", () => {
    const text = JSON.stringify({ items: [{ kind: "Secret", stringData: { name: "private" } }] });
    expect(shown(text)).not.toContain("private");
  });

  it.each([
    ["a comment", "items:\n  - kind: Secret\n# told\n    stringData:\n      a: private\n"],
    [
      "a string that is not indented",
      'items:\n  - kind: Secret\n    stringData:\n      a: "x\ny"\n      b: private\n',
    ],
    [
      "a comment before the kind",
      "items:\n  - stringData:\n      a: private\n# told\n    kind: Secret\n",
    ],
    ["flow style", "items: [{ kind: Secret, stringData: { a: private } }]\n"],
    ["Windows line breaks", "kind: Secret\r\nstringData:\r\n  a: private\r\n"],
    ["a quoted kind", "'kind': 'Secret'\nstringData:\n  a: private\n"],
  ])("is not led astray by %s", (_, text) => {
    expect(shown(text)).not.toContain("private");
  });

  it("hides a private key wherever it is, also one that does not end", () => {
    expect(shown(key)).not.toContain("c2VjcmV0");
    const ended = shown(`${key}  -----END RSA PRIVATE KEY-----\nc: public\n`);
    expect(ended).not.toContain("c2VjcmV0");
    expect(ended).toContain("c: public");
  });

  it("takes no longer than the text is long", () => {
    const nested = Array.from({ length: 3000 }, (_, i) => `${" ".repeat(3000 - i)}kind: Secret`);
    const start = performance.now();
    privateParts(nested.join("\n"));
    privateParts("kind: Secret\n".repeat(200_000));
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
