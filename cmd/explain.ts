import { rules } from "../rules/index.ts";
import { nearest } from "../src/model/near.ts";
import { exitCodes } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { pageOf } from "./pages.ts";
import type { ExplainRequest } from "./request.ts";
import { UserError } from "./user-error.ts";

/** Prints the page of a rule, by code or id, or the chain behind a certificate, by KIND/NAME. */
export async function explain(request: ExplainRequest, io: Io): Promise<number> {
  if (!request.topic.includes("/")) return explainRule(request.topic, io);
  return (await import("./explain-object.ts")).explainObject(request, io);
}

export async function explainRule(topic: string, io: Io): Promise<number> {
  const rule = rules.find(({ code, id }) => code === topic.toUpperCase() || id === topic);
  if (!rule) {
    const meant = nearest(
      topic,
      rules.flatMap(({ code, id }) => [code, id]),
    );
    throw new UserError(
      `there is no rule ${topic}`,
      meant === undefined
        ? "kubectl knative-certs rules lists them; objects are written KIND/NAME."
        : `Did you mean ${meant}?`,
    );
  }
  const page = (await pageOf())(rule.code);
  io.out(`${(page ?? `# ${rule.code} ${rule.id}\n\n${rule.summary}`).trimEnd()}\n`);
  return exitCodes.clean;
}
