import { defineFact } from "../../model/fact.ts";
import { eventingTls } from "../../model/eventing/transport-encryption.ts";
import { trustManager } from "../../model/trustmanager/trust-manager.ts";
import { versions } from "../../model/versions.ts";
import { eventingStores } from "./eventing.ts";
import { activatorStore, contourStore, kourierStore } from "./serving.ts";
import type { TrustStore } from "./store.ts";

/** What each dialer of the world trusts. */
export const stores = defineFact<readonly TrustStore[]>({
  name: "stores",
  reads: [
    "Broker",
    "Bundle",
    "Certificate",
    "Channel",
    "ConfigMap",
    "Deployment",
    "InMemoryChannel",
    "JobSink",
    "Namespace",
    "Secret",
  ],
  from: [eventingTls, trustManager, versions],
  derive: (source, ask) => [
    activatorStore(source, ask),
    kourierStore(source, ask),
    contourStore(source),
    ...eventingStores(source, ask),
  ],
});
