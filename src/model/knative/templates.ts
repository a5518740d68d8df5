import { renderTemplate, type TemplateData, type TemplateProblem } from "../go/template/render.ts";
import { known, unknown, type Known } from "../known.ts";

/** The error with which a domain-template is refused: it is run with foo, bar and baz.com and must give a bare host. */
export function checkDomainTemplate(template: string): string | undefined {
  const rendered = renderTemplate(template, {
    Name: "foo",
    Namespace: "bar",
    Domain: "baz.com",
    Annotations: undefined,
    Labels: undefined,
  });
  if (!("text" in rendered))
    return rendered.type === "invalid" ? `domain-template: ${rendered.message}` : undefined;
  return hostProblem(rendered.text);
}

export function checkTagTemplate(template: string): string | undefined {
  const rendered = renderTemplate(template, { Name: "foo", Tag: "v2" });
  return "text" in rendered || rendered.type === "unsupported"
    ? undefined
    : `tag-template: ${rendered.message}`;
}

/** As far as net/url of Go is concerned (checkDomainTemplate in knative/networking pkg/config/config.go). */
function hostProblem(rendered: string): string | undefined {
  const end = rendered.search(/[/?#]/);
  const host = (end === -1 ? rendered : rendered.slice(0, end))
    .replace(/^[^@]*@/, "")
    .replace(/:\d*$/, "");
  if (host === "") return "empty hostname";
  if (/[\s\\^`{|}\u007F]/.test(host)) return `invalid character in host name "${host}"`;
  const path = end === -1 ? "" : rendered.slice(end).replace(/#.*$/, "");
  return path === "" || path === "/" ? undefined : `domain template has url path: ${path}`;
}

/** Renders a template whose own check has passed; unknown(why) where it leaves the modelled part of Go's language. */
export function renderName(template: string, data: TemplateData): Known<string> {
  const rendered: { readonly text: string } | TemplateProblem = renderTemplate(template, data);
  if ("text" in rendered) return known(rendered.text);
  return unknown(
    rendered.type === "unsupported"
      ? `the template ${template} uses ${rendered.what}, which this program does not evaluate`
      : `the template ${template} fails: ${rendered.message}`,
  );
}
