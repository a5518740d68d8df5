import { describe, expect, it } from "vitest";
import { analyzed } from "../support/analyze.ts";
import { inventoryOf } from "../support/world.ts";

function messagesOf(code: string, issuerRef: string): readonly string[] {
  const config = `apiVersion: v1
kind: ConfigMap
metadata:
  name: config-certmanager
  namespace: knative-serving
data:
  issuerRef: ${issuerRef}
`;
  const { findings } = analyzed([inventoryOf({ "config.yaml": config })], { select: [code] });
  return findings.map(({ message }) => message);
}

describe("a reference whose words are no strings shows them as they are written", () => {
  it.each([
    ["yes", "a boolean", "true"],
    ["Off", "a boolean", "false"],
    ["010", "a number", "8"],
    ["0x1F", "a number", "31"],
    ["1_000", "a number", "1000"],
    ["+7", "a number", "7"],
    ["1.0", "a number", "1"],
    ["!!int 010", "a number", "8", "010"],
  ])("name: %s", (name, type, value, written = name) => {
    expect(messagesOf("KC106", `|\n    name: ${name}`)).toEqual([
      `issuerRef: name ${written} is ${type} in YAML 1.1: it means name "${value}"`,
    ]);
  });

  it("through an alias too", () => {
    expect(messagesOf("KC106", "|\n    kind: &a 010\n    name: *a")).toEqual(
      expect.arrayContaining(['issuerRef: name 010 is a number in YAML 1.1: it means name "8"']),
    );
  });

  it.each(["8", "-3", "1.5", "true", '"yes"', "'010'", "yes1"])(
    "but says nothing of name: %s, which means what it says",
    (name) => {
      expect(messagesOf("KC106", `|\n    name: ${name}`)).toEqual([]);
    },
  );
});

it.each(["yes", "010", "1.5", "{name: x}"])(
  "a reference that is no string at all is refused: issuerRef: %s",
  (value) => {
    expect(messagesOf("KC105", value)).toEqual(["issuerRef is not a string but YAML of its own"]);
  },
);
