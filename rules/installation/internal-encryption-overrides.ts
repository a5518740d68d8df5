import { defineRule, placeOf } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC114",
  id: "internal-encryption-overrides",
  summary: "internal-encryption turns on what system-internal-tls turns off",
  severity: "error",
  since: "0.1.0",
  citation:
    'knative/networking pkg/config/config.go NewConfigFromMap (the branch for "disabled" looks at internal-encryption)',
  reads: ["config"],
  messages: {
    on: {
      says: 'system-internal-tls is "{value}", but internal-encryption: "{older}" turns it on all the same',
      breaks:
        "Knative asks for system-internal certificates, and without a working systemInternalIssuerRef no new Revision is deployed",
      fix: "remove internal-encryption",
    },
  },
  *subjects(view) {
    const { settings, systemInternalTls } = view.need(view.fact("config").network);
    const explicit = settings.entries.get("system-internal-tls");
    if (explicit?.value) yield { ...explicit.holder, explicit, decided: systemInternalTls.entry };
  },
  *check({ explicit, decided }, _view, fault) {
    if (!decided || decided.key !== "internal-encryption") return;
    const related = [{ place: placeOf(explicit), note: "this is overridden" }];
    yield fault(
      "on",
      placeOf(decided),
      { value: explicit.value ?? "", older: decided.value ?? "" },
      { related },
    );
  },
});
