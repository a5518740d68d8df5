import {
  askedSecrets,
  conditionOf,
  defineRule,
  inWords,
  leafOf,
  nameOf,
  needEveryDemand,
  observed,
  renewalOf,
  rfc3339,
} from "../../src/rule/index.ts";

/** cert-manager renews within seconds; an ACME order may take its time. */
const grace = 3_600_000;

export default defineRule({
  code: "KC309",
  id: "renewal-overdue",
  summary: "a certificate is past the time of its renewal, and no renewal is under way",
  severity: "error",
  since: "0.1.0",
  citation: "cert-manager pkg/util/pki/renewaltime.go RenewalTime; cert-manager#7895",
  reads: ["demands", "Certificate", "Secret"],
  follows: ["KC301", "KC308", "KC317"],
  messages: {
    overdue: {
      says: "the certificate in {secret} was to be renewed at {renewal}, and nothing renews it; it ends at {end}, in {left}",
      breaks: "from its end on every client refuses it",
      fix: "see the events of Certificate {certificate}, and that cert-manager's controller runs; cmctl renew {certificate} makes it try at once",
    },
    expired: {
      says: "the certificate in {secret} expired at {end}",
      breaks: "every client refuses it",
      fix: "see the events of Certificate {certificate}, and that cert-manager's controller runs; cmctl renew {certificate} makes it try at once",
    },
  },
  *subjects(view) {
    yield* askedSecrets(view);
    needEveryDemand(view);
  },
  *check({ demand, ...secret }, view, fault) {
    const leaf = leafOf(secret, view);
    if (!leaf) return;
    const { notAfter } = leaf.certificate;
    const certificate = view.find("Certificate", secret.namespace, secret.name);
    const renewal = renewalOf(certificate, leaf.certificate);
    if (
      certificate &&
      conditionOf(certificate, "Issuing")?.status === "True" &&
      view.now <= notAfter
    )
      return;
    const data = { secret: nameOf(secret), certificate: secret.name, end: rfc3339(notAfter) };
    const related = demand.place ? [{ place: demand.place, note: "it is asked for this" }] : [];
    const dependsOn = [certificate && observed(certificate) ? nameOf(certificate) : nameOf(secret)];
    if (view.now > notAfter) yield fault("expired", leaf.place, data, { related, dependsOn });
    else if (renewal && view.now.getTime() > renewal.getTime() + grace)
      yield fault(
        "overdue",
        leaf.place,
        {
          ...data,
          renewal: rfc3339(renewal),
          left: inWords(notAfter.getTime() - view.now.getTime()),
        },
        { related, dependsOn, severity: "warning", from: notAfter },
      );
  },
});
