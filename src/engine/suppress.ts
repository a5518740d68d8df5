import type { Finding } from "../rule/finding.ts";
import type { Rule } from "../rule/rule.ts";
import type { Suppression } from "../rule/suppression.ts";
import { covers, type Catalogue } from "./select.ts";

/** A suppression as it is written, before a run has shown what it covers. */
export type WrittenSuppression = Omit<Suppression, "covers" | "expired" | "tested">;

type Suppressible = Pick<Finding, "code" | "subject" | "world">;

/** Matches findings with suppressions. An expired suppression covers nothing. */
export function suppressor(
  catalogue: Catalogue,
  ran: readonly Rule[],
  written: readonly WrittenSuppression[],
  now: Date,
) {
  const byCode = new Map(catalogue.rules.map((rule) => [rule.code, rule]));
  const ranCodes = new Set(ran.map(({ code }) => code));
  const counts = written.map(() => 0);
  const expired = written.map(
    ({ until }) => until !== undefined && Date.parse(until) < now.getTime(),
  );

  function accepts(finding: Suppressible): boolean {
    const rule = byCode.get(finding.code);
    let accepted = false;
    for (const [i, suppression] of written.entries()) {
      if (
        !rule ||
        expired[i] ||
        !covers(catalogue, suppression.rule, rule) ||
        !matches(suppression, finding)
      )
        continue;
      counts[i] = (counts[i] ?? 0) + 1;
      accepted = true;
    }
    return accepted;
  }

  function outcome(): readonly Suppression[] {
    return written.map((suppression, i) => {
      const covered = catalogue.rules.filter((rule) => covers(catalogue, suppression.rule, rule));
      return {
        ...suppression,
        covers: counts[i] ?? 0,
        expired: expired[i] ?? false,
        tested: covered.every(({ code }) => ranCodes.has(code)),
      };
    });
  }

  return { accepts, outcome };
}

function matches(
  { kind, namespace, name, object }: WrittenSuppression,
  { subject }: Suppressible,
): boolean {
  if (object)
    return (
      object.kind === subject.kind &&
      object.namespace === subject.namespace &&
      object.name === subject.name
    );
  return (
    (kind === undefined || kind === subject.kind) &&
    glob(namespace, subject.namespace) &&
    glob(name, subject.name)
  );
}

/** `*` stands for any characters; names of Kubernetes objects hold nothing else that is special. */
function glob(pattern: string | undefined, value: string): boolean {
  if (pattern === undefined) return true;
  const source = pattern
    .split("*")
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join(".*");
  return new RegExp(`^${source}$`, "s").test(value);
}
