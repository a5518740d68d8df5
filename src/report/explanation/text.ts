import type { Link, LinkState } from "../../model/issuance/chain.ts";
import type { Explanation, Outcome } from "../../model/issuance/explanation.ts";
import { nameOf } from "../../model/object.ts";
import { rfc3339 } from "../../model/time.ts";
import { distance } from "../../show/distance.ts";
import { inert } from "../../show/inert.ts";
import { wrap } from "../../show/wrap.ts";
import { paintOf, type Paint } from "../paint.ts";
import type { ExplainedObject, ExplanationDocument } from "./document.ts";

interface Options {
  readonly width: number;
  readonly color: boolean;
}

const indent = 11;

/** Each certificate behind the object with its chain, what holds it up, and when something happens next. */
export function render({ now, worlds }: ExplanationDocument, options: Options): string {
  const paint = paintOf(options.color);
  const several = worlds.length > 1;
  const blocks = worlds.flatMap((world) => [
    ...(several
      ? [paint.title(inert(`${world.world || "other files"}: ${nameOf(world.object)}`))]
      : []),
    ...blocksOf(world, now, options, paint),
  ]);
  return `${blocks.join("\n\n")}\n`;
}

function blocksOf(
  { object, explanations }: ExplainedObject,
  now: string,
  options: Options,
  paint: Paint,
): readonly string[] {
  if (explanations.length === 0)
    return [inert(`Knative and cert-manager are asked for no certificate by ${nameOf(object)}.`)];
  return explanations.map((one) => linesOf(one, now, options, paint).join("\n"));
}

const outcomes: Readonly<Record<Outcome, string>> = {
  issued: "is issued",
  pending: "is being issued",
  "not issued": "is not issued",
  open: "cannot be judged",
};

function linesOf(
  explanation: Explanation,
  now: string,
  options: Options,
  paint: Paint,
): readonly string[] {
  const { subject, dnsNames, outcome, chain } = explanation;
  const names = dnsNames.length > 0 ? ` (${dnsNames.join(", ")})` : "";
  const title = `${nameOf(subject)}${names} ${outcomes[outcome]}`;
  const links = chain.links.flatMap((link) =>
    linkLines(link, link === chain.cause, options, paint),
  );
  const notes = notesOf(explanation, now).flatMap(([name, text]) => {
    const [head = "", ...rest] = wrap(inert(text), options.width, name.length + 2);
    return [`${paint.title(`${name}:`)} ${head}`, ...rest];
  });
  return [...wrap(inert(title), options.width, 0).map(paint.title), "", ...links, "", ...notes];
}

function linkLines(
  { step, ref, state, says }: Link,
  isCause: boolean,
  { width }: Options,
  paint: Paint,
): readonly string[] {
  const subject = step === "approval" ? `the approval of ${nameOf(ref)}` : nameOf(ref);
  const [head = "", ...rest] = wrap(
    inert(`${subject} ${says}${isCause && state !== "good" ? "  <- here" : ""}`),
    width,
    indent,
  );
  return [`  ${colourOf(state, paint)(state.padEnd(indent - 4))}  ${head}`, ...rest];
}

function colourOf(state: LinkState, paint: Paint): (text: string) => string {
  switch (state) {
    case "failed":
    case "missing":
      return paint.severity.error;
    case "waiting":
      return paint.severity.warning;
    case "unknown":
      return paint.quiet;
    case "good":
      return (text) => text;
  }
}

function notesOf(explanation: Explanation, now: string): readonly (readonly [string, string])[] {
  const { outcome, chain, notAfter, renewalTime } = explanation;
  const { cause } = chain;
  const when = (time: Date) => `${rfc3339(time)} (${distance(rfc3339(time), now)})`;
  return [
    ...(cause && outcome !== "issued" ? [["root cause", causeText(cause)] as const] : []),
    ...(cause && outcome === "issued"
      ? [["not good", `${causeText(cause)}; the next renewal depends on it`] as const]
      : []),
    ...(cause?.fix !== undefined ? [["fix", cause.fix] as const] : []),
    ...(chain.nextAttempt ? [["next attempt", attemptText(explanation, when)] as const] : []),
    ...(!chain.nextAttempt && outcome === "not issued"
      ? [
          [
            "next attempt",
            "cert-manager waits for no time: it goes on as soon as the cause is mended",
          ] as const,
        ]
      : []),
    ...(notAfter ? [["valid until", when(notAfter)] as const] : []),
    ...(renewalTime ? [["renewal", when(renewalTime)] as const] : []),
  ];
}

function causeText({ step, ref, says }: Link): string {
  return `${step === "approval" ? "the approval of " : ""}${nameOf(ref)} ${says}`;
}

function attemptText({ chain }: Explanation, when: (time: Date) => string): string {
  const { failedAttempts, nextAttempt, lastFailure } = chain;
  if (!nextAttempt) return "";
  const times = Math.max(1, failedAttempts);
  const after = lastFailure ? `, the last at ${rfc3339(lastFailure)}` : "";
  return `${when(nextAttempt)}, after ${String(times)} failed${after}; a change of the spec is taken up at once`;
}
