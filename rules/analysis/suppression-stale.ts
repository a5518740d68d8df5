import { defineRule } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC903",
  id: "suppression-stale",
  summary: "a suppression covers nothing, has no reason, or is past its date",
  severity: "warning",
  since: "0.1.0",
  citation: "docs/configuration.md",
  reads: ["suppressions"],
  messages: {
    unused: {
      says: "the suppression of {rule} covers no finding",
      breaks: "it would hide the next finding of that kind",
      fix: "remove it",
    },
    unexplained: {
      says: "the suppression of {rule} has no reason",
      breaks: "nobody can tell later whether it may go",
      fix: "say why: reason=... in the annotation, reason: in the configuration file",
    },
    expired: {
      says: "the suppression of {rule} ended on {until}: its findings count again",
      fix: "mend what it covers, or decide anew until when to live with it",
    },
  },
  *subjects(view) {
    for (const [i, suppression] of view.fact("suppressions").entries()) {
      const { object, rule } = suppression;
      const subject = object ?? {
        kind: "Suppression",
        namespace: "",
        name: `${rule} #${String(i + 1)}`,
      };
      yield { ...subject, suppression };
    }
  },
  *check({ suppression }, _view, fault) {
    const { rule, reason, until, expired, tested, covers, place } = suppression;
    if (reason === "") yield fault("unexplained", place, { rule });
    if (expired) yield fault("expired", place, { rule, until: until ?? "" });
    else if (tested && covers === 0) yield fault("unused", place, { rule });
  },
});
