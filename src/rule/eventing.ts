import type { EventingTls } from "../model/eventing/transport-encryption.ts";
import type { View } from "./rule.ts";

/** Eventing's TLS where it is on; undefined where it is off, or where nothing speaks of Eventing. */
export function eventingTlsOn(view: View<"eventingTls">): EventingTls | undefined {
  const tls = view.need(view.fact("eventingTls"));
  return tls?.mode === "permissive" || tls?.mode === "strict" ? tls : undefined;
}
