import { isObject, record, type Json, type JsonObject } from "../model/json.ts";
import type { Kind } from "../model/kinds.ts";

/** Words without which a document cannot say anything about Knative's certificates. */
const words =
  /knative|cert-?manager|ssuer|CERTIFICATE|LS0tLS1CRUdJTi|trust-(?:bundle|manager)|config-(?:network|certmanager|domain|deployment|features)\b/;

/** Kinds that matter whatever they hold; a `kind` written in an unusual way may be one of them. */
const kindsThatMatter = /kind["']?\s*:\s*(?:["']?(?:Secret|Namespace)(?:List)?\b|["']?\\|[!&*>|#])/;
const kindAsComplexKey = /\?\s+["']?kind/;

/** Spellings that could hide a word: escapes, folded lines in quotes, base64 values, tags with another prefix. */
const hiding = /\\[xuU]|\\\r?\n|!!binary|!<|%TAG/;

/**
 * False when no parser needs to look at this text: nothing in it can concern us. Decides on bytes alone, so it may say
 * true of a text that turns out to be of no interest, never the reverse.
 */
export function couldMatter(source: string): boolean {
  return (
    words.test(source) ||
    kindsThatMatter.test(source) ||
    (source.includes("?") && kindAsComplexKey.test(source)) ||
    (couldHide(source) && hiding.test(source))
  );
}

/** Most texts have none of the characters that begin what hides, and looking for one is five times faster. */
function couldHide(source: string): boolean {
  return source.includes("\\") || source.includes("!") || source.includes("%");
}

/** The same question of a parsed object of a kind the model reads: generic kinds only count when they speak of us. */
export function isOfInterest(kind: Kind, object: JsonObject): boolean {
  switch (kind) {
    case "ConfigMap":
    case "Deployment":
    case "Service":
    case "CustomResourceDefinition":
    case "MutatingWebhookConfiguration":
    case "ValidatingWebhookConfiguration":
      return speaks(object);
    case "Pod":
      return isOfComponent(object);
    default:
      return true;
  }
}

/** Pods of users' services say "knative" too, in thousands; only those of components are looked at. */
function isOfComponent(pod: JsonObject): boolean {
  const labels = record(pod, "metadata", "labels");
  return !Object.hasOwn(labels, "serving.knative.dev/revision") && speaks(labels);
}

function speaks(value: Json): boolean {
  if (typeof value === "string") return words.test(value);
  if (Array.isArray(value)) return value.some(speaks);
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, entry]) => words.test(key) || speaks(entry));
}
