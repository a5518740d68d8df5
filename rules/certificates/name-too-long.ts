import { defineRule, nameOf, type Demand } from "../../src/rule/index.ts";

export default defineRule({
  code: "KC305",
  id: "name-too-long",
  summary: "a name is too long for a certificate, or needs a second name to fit",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/certificate/resources/cert_manager_certificate.go MakeCertManagerCertificate",
  reads: ["demands"],
  messages: {
    tooLong: {
      says: "no certificate can be asked for {name}: {reason}",
      breaks:
        "the Knative Certificate stays at Ready=False with the reason CommonName Too Long, and what needs it never becomes Ready",
      fix: "shorten the service's name, its tag, the namespace or the domain",
    },
    shortened: {
      says: "{name} is longer than 63 characters, so its certificate is asked for with {commonName} as a further name",
      breaks: "the issuer must sign {commonName} too, or the certificate is not issued",
      fix: "nothing where the issuer signs that name; else shorten the service's name, its tag or the namespace",
    },
  },
  *subjects(view) {
    const { list, unsure } = view.need(view.fact("demands"));
    for (const demand of list) if (demand.origin !== "queue-proxy") yield subjectOf(demand);
    for (const one of unsure) {
      const { kind, namespace, name } = one.owner ?? nobody;
      yield { kind, namespace, name, demand: undefined, why: one.why };
    }
  },
  *check({ demand, why }, view, fault) {
    if (!demand) return view.notEvaluated(why);
    const { names, dnsNames, place } = demand;
    const [name = ""] = dnsNames;
    const secret = { kind: "Secret", namespace: demand.namespace, name: demand.name ?? "" };
    if (!names.ok)
      yield fault("tooLong", place, { name, reason: names.reason }, { affects: [nameOf(secret)] });
    else if (names.commonName !== name)
      yield fault("shortened", place, { name, commonName: names.commonName }, { severity: "info" });
  },
});

const nobody = { kind: "KCertificate", namespace: "", name: "" };

function subjectOf(demand: Demand) {
  const { kind, namespace, name } = demand.owner ?? {
    ...nobody,
    namespace: demand.namespace,
    name: demand.name ?? "",
  };
  return { kind, namespace, name, demand, why: "" } as const;
}
