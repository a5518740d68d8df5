import { describe, expect, it } from "vitest";
import { documentAround } from "../../src/load/object-text.ts";

const text = `kind: ConfigMap
metadata:
  name: first
---
apiVersion: v1
kind: Secret
metadata:
  name: knative-ca
  annotations: { note: hello }
stringData:
  name: topsecret
  config: |
    user: bob
    hunter2
  tls.key: |
    -----BEGIN PRIVATE KEY-----
    MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj
    -----END PRIVATE KEY-----
type: kubernetes.io/tls
---
kind: ConfigMap
`;

const at = (line: number) => ({
  file: "a.yaml",
  line,
  column: 3,
  endLine: line,
  endColumn: 7,
  pointer: "",
});

describe("documentAround", () => {
  const shown = documentAround(at(8), new Map([["a.yaml", text]]))?.excerpt;

  it("gives the document and nothing of its neighbours", () => {
    expect(shown?.firstLine).toBe(5);
    expect(shown?.lines).toHaveLength(15);
    expect(shown?.lines.at(-1)).toBe("type: kubernetes.io/tls");
  });

  it("shows no value of a Secret, whatever its key is called, and keeps the lengths", () => {
    const all = shown?.lines.join("\n") ?? "";
    for (const secret of ["topsecret", "bob", "hunter2", "MIIEvQ", "hello"])
      expect(all).not.toContain(secret);
    expect(all).toContain("name: knative-ca");
    expect(shown?.lines.map((line) => line.length)).toEqual(
      text
        .split("\n")
        .slice(4, 19)
        .map((line) => line.length),
    );
  });

  it("is undefined for a file that was not read", () => {
    expect(documentAround(at(1), new Map())).toBeUndefined();
  });
});
