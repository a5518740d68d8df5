import {
  at,
  bundleFaults,
  defineRule,
  labelOf,
  lossesOf,
  nameOf,
  prospectSubjects,
  timeText,
  topicsOfVerdict,
  type Handshake,
} from "../../src/rule/index.ts";

/** Faults that spoil what a CA signs from now on, those of trust, and rotations in the wrong order. */
const causes = [
  ["KC205", "KC209", "KC211", "KC212", "KC213"],
  bundleFaults,
  ["KC601", "KC602", "KC603", "KC604"],
].flat();

export default defineRule({
  code: "KC502",
  id: "renewal-breaks-handshake",
  summary: "a handshake that holds fails as soon as a certificate is renewed",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager pkg/controller/certificaterequests/ca/ca.go; https://cert-manager.io/docs/faq/#chain-cacrt; knative/serving pkg/activator/certificate/cache.go",
  reads: ["prospects"],
  follows: causes,
  messages: {
    leaf: {
      says: "the next certificate of {certificate}, due {due}, is not accepted: {handshake} will fail: {why}",
      breaks: "{count} handshakes hold now and fail after renewals",
      fix: "{fix}",
    },
    trust: {
      says: "when {certificate} is renewed, {due}, its ca.crt changes, and trust with it: {handshake} will fail: {why}",
      breaks: "{count} handshakes hold now and fail after that renewal",
      fix: "{fix}",
    },
  },
  subjects: prospectSubjects,
  *check({ prospects, ...issuer }, view, fault) {
    const { byLeaf, byTrust } = lossesOf(prospects);
    for (const [message, losses] of [
      ["leaf", byLeaf],
      ["trust", byTrust],
    ] as const) {
      const [first] = losses;
      if (!first) continue;
      const { renewed, after, due } = first.outcome;
      const data = {
        certificate: nameOf(renewed),
        due: due === undefined ? "at any time" : `at ${timeText(due)}`,
        handshake: labelOf(first.row),
        why: after.reason?.text ?? "",
        count: losses.length,
        fix: fixFor(after, nameOf(issuer)),
      };
      yield fault(message, at(renewed, ["spec", "issuerRef"]), data, {
        handshakes: losses.map(({ row }) => labelOf(row)),
        evidence: evidenceOf(after),
        dependsOn: topicsOfVerdict(after, view),
        ...(due !== undefined && { from: new Date(due) }),
      });
    }
    if (byLeaf.length + byTrust.length > 0) return;
    const open = prospects.find(({ outcome }) => outcome.state === "unknown");
    if (open?.outcome.state === "unknown")
      view.notEvaluated(`${labelOf(open.row)}: ${open.outcome.why}`);
  },
});

function fixFor({ reason }: Handshake, issuer: string): string {
  return reason?.code === "unknown-authority" || reason?.code === "no-trust"
    ? `put the CA that ${issuer} signs with now into a bundle that the dialer reads, beside the CA of the certificates that there are`
    : `mend the Certificate, or the CA of ${issuer}, before the renewal`;
}

function evidenceOf({ dialer, tried }: Handshake): readonly string[] {
  return tried.map(({ path, why }) => `${dialer.component} would try ${path.join(" <- ")}: ${why}`);
}
