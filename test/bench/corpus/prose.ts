import type { Random } from "../../support/random.ts";

const words = [
  "the",
  "of",
  "a",
  "to",
  "and",
  "is",
  "in",
  "when",
  "not",
  "for",
  "this",
  "that",
  "field",
  "value",
  "resource",
  "controller",
  "default",
  "optional",
  "must",
  "be",
  "specified",
  "list",
  "name",
  "object",
  "reference",
  "Pod",
  "container",
  "volume",
  "selector",
  "label",
  "policy",
  "timeout",
  "number",
  "seconds",
  "requests",
  "limit",
  "scheduling",
  "node",
  "cluster",
  "status",
  "condition",
  "immutable",
  "update",
  "rollout",
  "replica",
  "endpoint",
  "port",
  "protocol",
  "backend",
  "route",
] as const;

/** A sentence as descriptions of API fields have them. */
export function sentence(random: Random, length: number): string {
  const text = Array.from({ length }, () => random.pick(words)).join(" ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

export function hex(random: Random, length: number): string {
  return Array.from({ length }, () => random.int(0, 15).toString(16)).join("");
}

/** Every line of a text, indented; empty lines stay empty. */
export function indent(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, " ".repeat(by));
}
