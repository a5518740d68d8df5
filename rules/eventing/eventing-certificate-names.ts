import {
  at,
  defineRule,
  eventingCertificates,
  eventingTlsOn,
  nameOf,
  sentence,
  serverName,
  stringList,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC703",
  id: "eventing-certificate-names",
  summary: "a certificate of Eventing's servers lacks the name under which senders dial",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/eventing#7145; knative/eventing config/brokers/mt-channel-broker-tls/broker-ingress-tls-certificate.yaml",
  reads: ["eventingTls", "Certificate"],
  messages: {
    lacks: {
      says: "{certificate} lists {names}, but senders dial {wanted}",
      breaks:
        "every sender refuses the server: x509: certificate is valid for other names, not {wanted}",
      fix: "add {wanted} to its dnsNames; the release has cluster.local written into them",
    },
  },
  *subjects(view) {
    const { eventing: namespace } = view.environment.namespaces;
    const services = new Map(eventingCertificates.map(({ name, service }) => [name, service]));
    if (!eventingTlsOn(view)) return;
    for (const certificate of view.all("Certificate")) {
      const service = services.get(certificate.name);
      if (certificate.namespace === namespace && service !== undefined)
        yield { ...certificate, service };
    }
  },
  *check({ service, ...certificate }, { environment }, fault) {
    const names = stringList(certificate.raw, "spec", "dnsNames");
    const wanted = serverName(service, environment.namespaces.eventing, environment.clusterDomain);
    if (names.includes(wanted)) return;
    const data = {
      certificate: nameOf(certificate),
      names: sentence(names) || "no name",
      wanted,
    };
    const secret = { kind: "Secret", namespace: certificate.namespace, name: certificate.name };
    yield fault("lacks", at(certificate, ["spec", "dnsNames"], "key"), data, {
      affects: [nameOf(secret)],
    });
  },
});
