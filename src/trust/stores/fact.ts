import { defineFact } from "../../model/fact.ts";
import { trustManager } from "../../model/trustmanager/trust-manager.ts";
import { versions } from "../../model/versions.ts";
import { activatorStore, contourStore, kourierStore } from "./serving.ts";
import type { TrustStore } from "./store.ts";

/** What each dialer of the world trusts. */
export const stores = defineFact<readonly TrustStore[]>({
  name: "stores",
  reads: ["Bundle", "Certificate", "ConfigMap", "Deployment", "Namespace", "Secret"],
  from: [trustManager, versions],
  derive: (source, ask) => [
    activatorStore(source, ask),
    kourierStore(source, ask),
    contourStore(source),
  ],
});
