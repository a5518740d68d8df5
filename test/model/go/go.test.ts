import { describe, expect, it } from "vitest";
import { isIP } from "../../../src/model/certmanager/ip.ts";
import { adler32, exampleChecksum } from "../../../src/model/go/checksums.ts";
import { parseDuration } from "../../../src/model/go/duration.ts";
import { formatFloat32, parseBool } from "../../../src/model/go/strconv.ts";
import { renderTemplate } from "../../../src/model/go/template/render.ts";
import { checkDomainTemplate } from "../../../src/model/knative/templates.ts";
import tables from "./tables.json" with { type: "json" };

/** Text that Go makes of an input; null where it returns an error. */
type Row = { readonly in: string; readonly out: string | null };

function same(name: keyof typeof tables, ours: (input: string) => string | null | undefined): void {
  describe(`${name} answers as Go does`, () => {
    it.each(tables[name] as readonly Row[])("$in", ({ in: input, out }) => {
      expect(ours(input)).toBe(out);
    });
  });
}

const text = (value: string | number | boolean | undefined): string | null =>
  value === undefined ? null : String(value);
const numberOf = (input: string): number => (input === "+Inf" ? Infinity : Number(input));

same("parseBool", (input) => text(parseBool(input)));
same("parseDuration", (input) => {
  const found = parseDuration(input);
  return found === undefined ? null : text(Math.round((found === 0 ? 0 : found) * 1e6) / 1e6);
});
same("formatFloat32", (input) => formatFloat32(numberOf(input)));
same("adler32", (input) => text(adler32(input)));
same("exampleChecksum", exampleChecksum);
same("parseIP", (input) => (isIP(input) ? "ok" : null));
same("render", (input) => {
  const rendered = renderTemplate(input, {
    Name: "hello",
    Namespace: "shop",
    Domain: "example.com",
    Annotations: new Map([["sub", "eu"]]),
    Labels: new Map([
      ["app", "web"],
      ["zone", ""],
    ]),
  });
  return "text" in rendered ? rendered.text : null;
});
same("domainTemplate", (input) => {
  const problem = checkDomainTemplate(input);
  if (problem !== undefined) return null;
  const rendered = renderTemplate(input, {
    Name: "foo",
    Namespace: "bar",
    Domain: "baz.com",
    Annotations: undefined,
    Labels: undefined,
  });
  return "text" in rendered ? rendered.text : null;
});
