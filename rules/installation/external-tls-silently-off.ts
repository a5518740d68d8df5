import { defineRule, placeOf, workingNetwork } from "../../src/rule/index.ts";

/** Words by which nobody means "on". */
const meansOff = new Set(["", "disabled", "disable", "false", "off", "no", "none", "n", "f", "0"]);

export default defineRule({
  code: "KC111",
  id: "external-tls-silently-off",
  summary: "external-domain-tls has a value that looks like on but is off",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/networking pkg/config/config.go NewConfigFromMap (strings.EqualFold, without trimming)",
  reads: ["config"],
  messages: {
    off: {
      says: '{key} is "{value}", but only "enabled" turns it on: external TLS is off',
      breaks: "no certificate is asked for and services stay on plain HTTP, without any error",
      fix: 'write {key}: "Enabled"',
    },
  },
  *subjects(view) {
    const { externalDomainTls } = view.need(workingNetwork(view.fact("config")));
    const { entry } = externalDomainTls;
    if (entry?.value !== undefined)
      yield { ...entry.holder, entry, written: entry.value, on: externalDomainTls.value };
  },
  *check({ entry, written, on }, _view, fault) {
    if (on || meansOff.has(written.trim().toLowerCase())) return;
    yield fault("off", placeOf(entry), { key: entry.key, value: written });
  },
});
