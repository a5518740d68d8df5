import { isObject, list, record, stringList, text, type Json } from "./json.ts";
import { known, unknown, type Known } from "./known.ts";

/** A Kubernetes LabelSelector (apimachinery pkg/apis/meta/v1), or the error it is refused with. */
export interface LabelSelector {
  readonly matches: (labels: ReadonlyMap<string, string>) => boolean;
  /** True for `{}`, which selects everything. */
  readonly everything: boolean;
  /** The labels that it looks at. */
  readonly keys: ReadonlySet<string>;
}

const qualifiedName = /^([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Why a text is no label key; undefined when it is one (validation.IsQualifiedName). */
function labelKeyProblem(key: string): string | undefined {
  const parts = key.split("/");
  const name = parts.at(-1) ?? "";
  const prefix = parts.length === 2 ? parts[0] : undefined;
  if (parts.length > 2) return "a qualified name has at most one slash";
  if (prefix !== undefined && (prefix.length > 253 || !subdomain.test(prefix)))
    return "the prefix must be a DNS subdomain";
  if (!qualifiedName.test(name))
    return "the name must be 1 to 63 letters, digits, '-', '_' or '.', and start and end with a letter or digit";
  return undefined;
}

function labelValueProblem(value: string): string | undefined {
  if (value === "" || qualifiedName.test(value)) return undefined;
  return "must be at most 63 letters, digits, '-', '_' or '.', and start and end with a letter or digit";
}

/** Compiles a selector as metav1.LabelSelectorAsSelector does; unknown(why) holds its error. `undefined` selects nothing. */
export function compileSelector(selector: Json | undefined): Known<LabelSelector> {
  if (selector === undefined || selector === null)
    return known({ matches: () => false, everything: false, keys: new Set() });
  if (!isObject(selector)) return unknown("a label selector must be an object");
  const requirements: Requirement[] = [];
  const keys = new Set<string>();
  for (const [key, value] of Object.entries(record(selector, "matchLabels"))) {
    const problem =
      typeof value === "string"
        ? (labelKeyProblem(key) ?? labelValueProblem(value))
        : "the value must be a string";
    if (problem) return unknown(`matchLabels: ${key}: ${problem}`);
    requirements.push((labels) => labels.get(key) === value);
    keys.add(key);
  }
  for (const expression of list(selector, "matchExpressions")) {
    const requirement = compileExpression(expression);
    if (!requirement.known) return requirement;
    requirements.push(requirement.value);
    keys.add(text(expression, "key") ?? "");
  }
  return known({
    matches: (labels) => requirements.every((one) => one(labels)),
    everything: requirements.length === 0,
    keys,
  });
}

type Requirement = (labels: ReadonlyMap<string, string>) => boolean;

function compileExpression(expression: Json): Known<Requirement> {
  const key = text(expression, "key") ?? "";
  const values = stringList(expression, "values");
  const operator = text(expression, "operator") ?? "";
  const problem =
    labelKeyProblem(key) ??
    values.map(labelValueProblem).find(Boolean) ??
    operatorProblem(operator, values);
  if (problem !== undefined) return unknown(`matchExpressions: ${key}: ${problem}`);
  const listed: Requirement = (labels) =>
    labels.has(key) && (values.length === 0 || values.includes(labels.get(key) ?? ""));
  return known(operator === "In" || operator === "Exists" ? listed : (labels) => !listed(labels));
}

function operatorProblem(operator: string, values: readonly string[]): string | undefined {
  if (operator === "In" || operator === "NotIn") {
    return values.length === 0
      ? "for 'in', 'notin' operators, values set can't be empty"
      : undefined;
  }
  if (operator !== "Exists" && operator !== "DoesNotExist")
    return `"${operator}" is not a valid label selector operator`;
  return values.length > 0 ? "values set must be empty for exists and does not exist" : undefined;
}
