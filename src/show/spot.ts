import type { Location } from "../model/location.ts";

/** "file:line:column", as editors and terminals open it. */
export function spot({ file, line, column, rendered }: Location): string {
  const where = `${file}:${String(line)}:${String(column)}`;
  return rendered ? `${where} of what it renders to` : where;
}
