import {
  certificatesOf,
  certificateTitle,
  defineRule,
  isIssuedBy,
  nameOf,
  rfc3339,
  workingNetwork,
  type MakeFault,
  type Message,
} from "../../src/rule/index.ts";

const messages = {
  notPem: {
    says: "ca.crt of {secret} holds no PEM block: {start}",
    breaks:
      "the activator crashes when it reads it (nil pointer dereference in pkg/activator/certificate/cache.go), and so at every start",
    fix: "delete the Secret, so that cert-manager issues it anew; see who wrote that into it",
  },
  malformed: {
    says: "the certificate in ca.crt of {secret} does not parse: {why}",
    breaks: "the activator and Kourier do not trust it",
    fix: "delete the Secret, so that cert-manager issues it anew; see who wrote that into it",
  },
  several: {
    says: "ca.crt of {secret} holds {count} certificates, but the activator reads the first one only, {first}",
    breaks: "the others are trusted by the gateway and not by the activator",
    fix: "put further CAs into a trust bundle; cert-manager writes one into ca.crt",
  },
  notItsCa: {
    says: "ca.crt of {secret} is {ca}, which did not sign the certificate beside it",
    breaks: "whoever trusts by this ca.crt refuses the very certificate it came with",
    fix: "delete the Secret, so that cert-manager issues it anew; see who else writes it",
  },
  expired: {
    says: "ca.crt of {secret} is {ca}, which expired at {date}",
    breaks: "nothing verifies with it any more",
    fix: "renew the CA, then let the certificate be issued anew: cmctl renew",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC316",
  id: "ca-crt-unfit",
  summary: "ca.crt of routing-serving-certs is not what activator and gateway can trust by",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/activator/certificate/cache.go addSecretCAIfPresent; knative-extensions/net-kourier pkg/generator/ingress_translator.go buildTrustChain",
  reads: ["config", "Secret"],
  follows: ["KC211"],
  messages,
  *subjects(view) {
    if (!view.need(workingNetwork(view.fact("config"))).systemInternalTls.value) return;
    const { serving: namespace } = view.environment.namespaces;
    const ref = { kind: "Secret", namespace, name: "routing-serving-certs" } as const;
    if (view.hasObserved || view.find("Secret", ref.namespace, ref.name)) yield ref;
  },
  *check(ref, view, fault) {
    const secret = view.expect(ref.kind, ref.namespace, ref.name);
    const ca = secret && certificatesOf(secret, "ca.crt", view);
    if (!secret || !ca) return;
    yield* judge(nameOf(secret), ca, certificatesOf(secret, "tls.crt", view), view.now, fault);
  },
});

type Read = NonNullable<ReturnType<typeof certificatesOf>>;

function* judge(
  secret: string,
  ca: Read,
  served: Read | undefined,
  now: Date,
  fault: MakeFault<typeof messages>,
) {
  const [first] = ca.certificates;
  const [broken] = ca.malformed;
  if (broken) yield fault("malformed", broken.place, { secret, why: broken.why });
  else if (!first && ca.blocks > 0)
    yield fault("malformed", ca.place, { secret, why: "it is no CERTIFICATE block" });
  else if (!first)
    yield fault("notPem", ca.place, { secret, start: JSON.stringify(ca.text.slice(0, 20)) });
  if (!first) return;
  const title = certificateTitle(first.certificate);
  if (ca.certificates.length > 1) {
    const data = { secret, count: ca.certificates.length, first: title };
    yield fault("several", first.place, data, { severity: "warning" });
  }
  const { notAfter } = first.certificate;
  if (now > notAfter)
    yield fault("expired", first.place, { secret, ca: title, date: rfc3339(notAfter) });
  const chain = served?.certificates.map(({ certificate }) => certificate) ?? [];
  const known =
    chain.length === 0 ||
    chain.some(
      (one) =>
        one.fingerprint === first.certificate.fingerprint || isIssuedBy(one, first.certificate),
    );
  if (!known) yield fault("notItsCa", first.place, { secret, ca: title });
}
