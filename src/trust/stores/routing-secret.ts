import type { Source } from "../../model/fact.ts";
import { refOf, type ObjectRef, type SubjectRef } from "../../model/object.ts";
import { secretState, valueOf } from "../secret.ts";
import type { Broken } from "./store.ts";
import type { KeyText } from "./texts.ts";

/** What a dialer finds in `ca.crt` of routing-serving-certs, without which it does not start. */
export interface RoutingSecret {
  readonly text: KeyText | undefined;
  /** Why there may be a `ca.crt` that is not known. */
  readonly open: string | undefined;
  readonly broken: Broken | undefined;
}

export const routingSecretName = "routing-serving-certs";

/** `stops` says what the dialer does without the Secret. */
export function routingSecret(source: Source, namespace: string, stops: string): RoutingSecret {
  const ref: ObjectRef = { kind: "Secret", namespace, name: routingSecretName };
  const found = secretState(source, ref, !source.hasObserved);
  const name = `Secret ${namespace}/${routingSecretName}`;
  const nothing = { text: undefined, open: undefined, broken: undefined };
  switch (found.state) {
    case "missing":
      return { ...nothing, broken: broken("fails", `${name} does not exist: ${stops}`, ref) };
    case "unknown":
      return {
        ...nothing,
        broken: broken("unknown", `whether ${name} exists is not known: ${found.why}`, ref),
      };
    case "to be made":
      return { ...nothing, open: `${name} is not issued yet, nor is its ca.crt known` };
    case "found": {
      const value = valueOf(found.secret, "ca.crt");
      if (value === "redacted") return { ...nothing, open: `ca.crt of ${name} is redacted` };
      if (!value || value.text === "") return nothing;
      return { ...nothing, text: { object: refOf(found.secret), key: "ca.crt", ...value } };
    }
  }
}

function broken(verdict: Broken["verdict"], text: string, about: SubjectRef): Broken {
  return { verdict, reason: { code: "dialer-cannot-start", text, about } };
}
