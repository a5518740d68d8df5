declare module "virtual:rule-pages" {
  /** Markdown of every rules/<group>/<id>.md, by "<group>/<id>". */
  export const pages: Readonly<Record<string, string>>;
}
