/** What turns a text into manifests, where it is not one itself; undefined for plain YAML and JSON. */
export type TemplateLanguage = "Helm or Go" | "ytt" | "jsonnet";

/** ytt reads comments that start with #@ and #!; plain YAML parsers see them as comments and miss what they do. */
const yttLine = /^\s*#@[ /a-z]/m;
const goAction = /\{\{-?\s*[^}]*\}\}/;

/** Tells the language of a file whose text does not parse as YAML, or parses but would mislead. */
export function templateLanguage(
  path: string,
  text: string,
  parses: boolean,
): TemplateLanguage | undefined {
  if (/\.(jsonnet|libsonnet)$/i.test(path)) return "jsonnet";
  if (/\.(tpl|gotmpl|tmpl)$/i.test(path)) return "Helm or Go";
  if (yttLine.test(text)) return "ytt";
  return !parses && goAction.test(text) ? "Helm or Go" : undefined;
}
