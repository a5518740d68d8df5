import type { Source } from "../model/fact.ts";
import { dig, text } from "../model/json.ts";
import { at, redacted, type KubeObject, type ObjectRef } from "../model/object.ts";
import type { Place } from "../model/place.ts";

/** The value of a key as the API server gives it to a component: decoded, `stringData` over `data`. */
export interface SecretValue {
  readonly text: string;
  /** Where it is written; offsets of `text` fit only a value that is written as text. */
  readonly place: Place;
  readonly isText: boolean;
}

const redactedBase64 = Buffer.from(redacted).toString("base64");

/** Undefined where the key is absent; "redacted" where a dump or the loader has taken the value away. */
export function valueOf(secret: KubeObject, key: string): SecretValue | "redacted" | undefined {
  for (const field of ["stringData", "data"] as const) {
    const written = text(secret.raw, field, key);
    if (written === undefined) continue;
    if (written === redacted || written === redactedBase64) return "redacted";
    const isText = field === "stringData";
    return {
      text: isText ? written : Buffer.from(written, "base64").toString("latin1"),
      place: at(secret, [field, key]),
      isText,
    };
  }
  return undefined;
}

/** True where a key has any value, redacted or not. */
export function hasKey(secret: KubeObject, key: string): boolean {
  return ["stringData", "data"].some((field) => {
    const value = dig(secret.raw, field, key);
    return typeof value === "string" && value !== "";
  });
}

/** What is known of a Secret that a controller or a user makes. */
export type SecretState =
  | { readonly state: "found"; readonly secret: KubeObject }
  | { readonly state: "missing" }
  /** Nothing was observed yet, and a controller will make it. */
  | { readonly state: "to be made" }
  | { readonly state: "unknown"; readonly why: string };

/** `willBeMade` tells that the object which asks for the Secret has not reached a cluster yet. */
export function secretState(source: Source, ref: ObjectRef, willBeMade: boolean): SecretState {
  const answer = source.lookup("Secret", ref.namespace, ref.name);
  switch (answer.state) {
    case "found":
      return { state: "found", secret: answer.object };
    case "assumed":
      return {
        state: "unknown",
        why: "it is assumed to exist elsewhere, and its content is not known",
      };
    case "missing":
      return willBeMade ? { state: "to be made" } : { state: "missing" };
    case "unknown":
      return willBeMade ? { state: "to be made" } : { state: "unknown", why: answer.why };
  }
}
