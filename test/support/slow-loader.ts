import { vi } from "vitest";

/** readFile with the reference parser wherever the fast one is asked, also about YAML in strings. */
export async function slowReadFile() {
  vi.resetModules();
  vi.doMock("../../src/load/yaml/fast.ts", async () => {
    const { parseReference } = await import("../../src/load/yaml/reference.ts");
    return { parseFast: parseReference };
  });
  const { readFile } = await import("../../src/load/file.ts");
  vi.doUnmock("../../src/load/yaml/fast.ts");
  return readFile;
}
