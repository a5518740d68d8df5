import { readFileSync } from "node:fs";
import { toJsonSchema } from "@valibot/to-json-schema";
import { Ajv2020 } from "ajv/dist/2020.js";
import { globSync } from "tinyglobby";
import { describe, expect, it } from "vitest";
import { checkConfig, configSchema } from "../../src/load/config-schema.ts";
import { readDocument } from "../../src/load/yaml/read.ts";

const path = "docs/schema/config.v1.schema.json";

function errorsOf(value: unknown) {
  const schema: object = JSON.parse(readFileSync(path, "utf8"));
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  validate(value);
  return validate.errors;
}

function valueOf(text: string): unknown {
  const parsed = readDocument(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

describe("the JSON Schema of .knative-certs.yaml", () => {
  it("is made from what the program accepts", async () => {
    const { $schema: _, ...schema } = toJsonSchema(configSchema, {
      target: "draft-2020-12",
      typeMode: "input",
      // Whether a date exists is beyond JSON Schema.
      ignoreActions: ["check", "transform"],
    });
    const whole = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: `https://github.com/knative-certs/kubectl-knative-certs/blob/main/${path}`,
      title: "Configuration of kubectl knative-certs, .knative-certs.yaml",
      ...schema,
    };
    const renew = "run `npx vitest run test/load/config-schema.test.ts --update`";
    const text = `${JSON.stringify(whole, undefined, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`../../${path}`, renew);
  });

  it.each(globSync("examples/**/.knative-certs.yaml", { dot: true }).toSorted())(
    "accepts %s",
    (file) => {
      expect(errorsOf(valueOf(readFileSync(file, "utf8")))).toBeNull();
    },
  );

  it("accepts the example of docs/configuration.md, which uses every key", () => {
    const [, example = ""] =
      /```yaml\n([^]*?)```/.exec(readFileSync("docs/configuration.md", "utf8")) ?? [];
    const value = valueOf(example);
    expect(errorsOf(value)).toBeNull();
    expect(checkConfig(value)).toHaveProperty("content");
    expect(Object.keys(Object(value)).toSorted()).toEqual(
      Object.keys(configSchema.entries).toSorted(),
    );
  });

  it.each([
    ["rules: {KC201: fatal}"],
    ["rule: {KC201: off}"],
    ["suppress: [{reason: none}]"],
    ["clusters: [{name: a, paths: []}]"],
    ["environment: {versions: {knative: latest}}"],
    ["assume: [issuer]"],
  ])("refuses, as the program does, %s", (text) => {
    expect(errorsOf(valueOf(text))).not.toBeNull();
    expect(checkConfig(valueOf(text))).toHaveProperty("issues");
  });
});
