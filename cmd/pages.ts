import { groupOf } from "../rules/groups.ts";
import { rules } from "../rules/index.ts";

const repository = "https://github.com/knative-certs/kubectl-knative-certs";

/** The page of a rule in the repository; the list of rules for those of third parties. */
export function helpUrl(code: string): string {
  const group = groupOf(code);
  const rule = rules.find((one) => one.code === code);
  return rule && group
    ? `${repository}/blob/main/rules/${group}/${rule.id}.md`
    : `${repository}/blob/main/rules/README.md`;
}

/** Gives the page of each rule as Markdown. The pages are bundled, and loaded only when they are shown. */
export async function pageOf(): Promise<(code: string) => string | undefined> {
  const { pages } = await import("virtual:rule-pages");
  return (code) => {
    const rule = rules.find((one) => one.code === code);
    return rule && pages[`${groupOf(code) ?? ""}/${rule.id}`];
  };
}
