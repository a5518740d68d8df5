import {
  atLeast,
  defineRule,
  issuerReferenceKeys,
  namesPatch,
  placeOf,
  referenceOf,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC124",
  id: "shared-issuer-defect",
  summary: "Knative Serving 1.15.0 and 1.15.1 use one issuer for all three references",
  severity: "error",
  since: "0.1.0",
  citation: "knative/serving#15433 (fixed in 1.15.2 and 1.16.0)",
  holdsFor: "Knative Serving 1.15.0 and 1.15.1",
  reads: ["config", "versions"],
  messages: {
    shared: {
      says: "Knative Serving {version} keeps one issuer for all three references: {last} overrides the others",
      breaks:
        "certificates are asked from the wrong issuer, for instance internal names from an ACME server",
      fix: "upgrade to 1.15.2 or later",
    },
  },
  *subjects(view) {
    const config = view.need(view.fact("config").certManager);
    const references = issuerReferenceKeys.map((key) => view.need(referenceOf(config, key)));
    const written = references.findLast(({ entry }) => entry);
    const differ = new Set(references.map(({ target }) => JSON.stringify(target))).size > 1;
    if (differ && written?.entry) yield { ...written.entry.holder, written, entry: written.entry };
  },
  *check({ written, entry }, view, fault) {
    const version = view.need(view.fact("versions").knative);
    if (!atLeast(version, "1.15.0") || atLeast(version, "1.15.2")) return;
    if (!namesPatch(version))
      view.notEvaluated(`which patch of Knative Serving ${version} is installed is not known`);
    yield fault("shared", placeOf(entry, "key"), { version, last: written.key });
  },
});
