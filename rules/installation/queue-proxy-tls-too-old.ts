import { atLeast, defineRule, placeOf, workingNetwork } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC122",
  id: "queue-proxy-tls-too-old",
  summary: "queue-proxy may not speak TLS 1.3, the only version its dialers use",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/deployment/config.go queue-sidecar-tls-max-version; pkg/activator/certificate/cache.go (MinVersion TLS 1.3); knative-extensions/net-kourier pkg/generator/ingress_translator.go createUpstreamTLSContext",
  holdsFor: "Knative >= 1.22, which brought these settings",
  reads: ["config", "versions"],
  messages: {
    tooOld: {
      says: 'queue-sidecar-tls-max-version is "{value}", but activator and Kourier dial queue-proxy with TLS 1.3 only',
      breaks:
        "with system-internal-tls on, no request reaches any Revision: Knative replaces the pods of all of them",
      fix: "remove queue-sidecar-tls-max-version",
    },
  },
  *subjects(view) {
    const { settings, deployment } = view.fact("config");
    if (view.need(settings["config-deployment"]) === undefined) return;
    const { maxTlsVersion } = view.need(deployment);
    if (maxTlsVersion) yield { ...maxTlsVersion.entry.holder, ...maxTlsVersion };
  },
  *check({ value, entry }, view, fault) {
    const { knative } = view.fact("versions");
    // An older release passes over the setting.
    if (value !== "1.2" || (knative.known && !atLeast(knative.value, "1.22"))) return;
    const network = workingNetwork(view.fact("config"));
    if (!network.known) yield fault("tooOld", placeOf(entry), { value }, { severity: "warning" });
    else
      yield fault(
        "tooOld",
        placeOf(entry),
        { value },
        network.value.systemInternalTls.value ? {} : { severity: "info" },
      );
  },
});
