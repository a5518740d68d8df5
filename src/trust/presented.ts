import type { Source } from "../model/fact.ts";
import { observed, type KubeObject } from "../model/object.ts";
import type { Endpoint } from "./endpoints.ts";
import type { Reason } from "./handshake.ts";
import { hasKey, secretState, valueOf, type SecretValue } from "./secret.ts";

/** What an endpoint can show to a dialer, before anybody looks into it. */
export type Presented =
  | { readonly state: "presented"; readonly certificate: SecretValue }
  | { readonly state: "fails" | "unknown"; readonly reason: Reason };

/**
 * The value of `tls.crt` that the endpoint serves. queue-proxy does not start without tls.crt and tls.key
 * (serving pkg/queue/certificate/watcher.go), and the gateways refuse such a Secret.
 */
export function presentedBy(source: Source, { secret, demand, owner }: Endpoint): Presented {
  if (!secret) return unknown("it is not issued yet: its Secret is named by the UID of the Route");
  const willBeMade = demand !== undefined && (!source.hasObserved || (owner && !observed(owner)));
  const name = `Secret ${secret.namespace}/${secret.name}`;
  const found = secretState(source, secret, willBeMade ?? false);
  switch (found.state) {
    case "to be made":
      return unknown(`${name} is not issued yet`);
    case "missing":
      return fails(`${name} does not exist`);
    case "unknown":
      return unknown(`${name}: ${found.why}`);
    case "found":
      return shownBy(found.secret, name);
  }
}

function shownBy(secret: KubeObject, name: string): Presented {
  const certificate = valueOf(secret, "tls.crt");
  if (certificate === "redacted") return unknown(`tls.crt of ${name} is redacted`);
  if (!certificate || certificate.text === "") return fails(`${name} has no tls.crt`);
  if (!hasKey(secret, "tls.key")) return fails(`${name} has no tls.key`);
  return { state: "presented", certificate };
}

function fails(text: string): Presented {
  return { state: "fails", reason: { code: "no-certificate", text } };
}

function unknown(text: string): Presented {
  return { state: "unknown", reason: { code: "no-certificate", text } };
}
