import {
  at,
  certificatesOf,
  coverProblem,
  coverProblemWritten,
  defineRule,
  inWords,
  nameOf,
  rfc3339,
  secretKeys,
  text,
  type KubeObject,
  type MakeFault,
  type Message,
  type Place,
} from "../../src/rule/index.ts";

const plain = "the ingress serves the name without TLS, or with another certificate";
const messages = {
  missing: {
    says: "{mapping} brings {secret} as its certificate, which does not exist",
    breaks: plain,
    fix: "create the Secret in the DomainMapping's own namespace, with tls.crt and tls.key",
  },
  incomplete: {
    says: "{secret}, the certificate of {mapping}, has no {keys}",
    breaks: plain,
    fix: "put certificate and key into tls.crt and tls.key",
  },
  malformed: {
    says: "tls.crt of {secret}, the certificate of {mapping}, does not parse: {why}",
    breaks: plain,
    fix: "put the certificate in again, as PEM",
  },
  name: {
    says: "the certificate in {secret}, which {mapping} brings, {why}",
    breaks:
      "browsers and clients refuse it; Knative does not look at the names of a Secret that is brought",
    fix: "bring a certificate for {host}",
  },
  willLack: {
    says: "{maker} makes {secret}, which {mapping} brings as its certificate; what it asks for {why}",
    breaks:
      "browsers and clients refuse it; Knative does not look at the names of a Secret that is brought",
    fix: "add {host} to dnsNames of {maker}",
  },
  expired: {
    says: "the certificate in {secret}, which {mapping} brings, expired at {end}",
    breaks: "browsers and clients refuse it; the DomainMapping says Ready all the same",
    fix: "put a new certificate into the Secret",
  },
  notYet: {
    says: "the certificate in {secret}, which {mapping} brings, is not valid before {start}",
    breaks: "browsers and clients refuse it until then",
    fix: "bring a certificate that is valid already",
  },
  ending: {
    says: "the certificate in {secret}, which {mapping} brings, ends at {end}, in {left}, and no Certificate renews it",
    breaks: "browsers and clients refuse it from then on; the DomainMapping goes on saying Ready",
    fix: "put a new certificate into the Secret, or let cert-manager make it",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC318",
  id: "mapping-secret-unfit",
  summary: "the Secret that a DomainMapping brings is missing, or its certificate does not fit",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/domainmapping/reconciler.go tls; knative-extensions/net-kourier pkg/generator/ingress_translator.go",
  reads: ["Certificate", "DomainMapping", "Secret"],
  messages,
  *subjects(view) {
    yield* view.all("DomainMapping").filter((mapping) => secretOf(mapping) !== undefined);
  },
  *check(mapping, view, fault) {
    const name = secretOf(mapping) ?? "";
    const maker = view
      .within("Certificate", mapping.namespace)
      .find((one) => text(one.raw, "spec", "secretName") === name);
    if (maker && !view.find("Secret", mapping.namespace, name)) {
      yield* unmade(mapping, maker, fault);
      return;
    }
    const secret = view.expect("Secret", mapping.namespace, name);
    const place = at(mapping, ["spec", "tls", "secretName"]);
    const data = {
      mapping: nameOf(mapping),
      secret: nameOf({ kind: "Secret", namespace: mapping.namespace, name }),
    };
    if (!secret) {
      yield fault("missing", place, data);
      return;
    }
    const present = secretKeys(secret);
    const keys = ["tls.crt", "tls.key"].filter((key) => !present.has(key));
    if (keys.length > 0) yield fault("incomplete", place, { ...data, keys: keys.join(" and no ") });
    const served = certificatesOf(secret, "tls.crt", view);
    if (!served) return;
    yield* judge({ served, mapping, made: maker !== undefined, place, data, now: view.now }, fault);
  },
});

/** The Secret is not there to be judged, and what will be in it is written. */
function* unmade(mapping: KubeObject, maker: KubeObject, fault: MakeFault<typeof messages>) {
  const host = mapping.name;
  const why = coverProblemWritten(maker, host);
  if (why === undefined) return;
  const secret = nameOf({
    kind: "Secret",
    namespace: mapping.namespace,
    name: secretOf(mapping) ?? "",
  });
  const place = at(mapping, ["spec", "tls", "secretName"]);
  const data = { maker: nameOf(maker), secret, mapping: nameOf(mapping), why, host };
  const related = [{ place: at(maker, ["spec", "dnsNames"], "key"), note: "what it asks for" }];
  yield fault("willLack", place, data, { related });
}

function secretOf(mapping: KubeObject): string | undefined {
  return text(mapping.raw, "spec", "tls", "secretName") || undefined;
}

interface Served {
  readonly served: NonNullable<ReturnType<typeof certificatesOf>>;
  readonly mapping: KubeObject;
  readonly made: boolean;
  readonly place: Place;
  readonly data: { readonly mapping: string; readonly secret: string };
  readonly now: Date;
}

function* judge(
  { served, mapping, made, place, data, now }: Served,
  fault: MakeFault<typeof messages>,
) {
  const [broken] = served.malformed;
  const [leaf] = served.certificates;
  if (!leaf || broken)
    yield fault("malformed", place, { ...data, why: broken?.why ?? "it holds no certificate" });
  if (!leaf) return;
  const { certificate } = leaf;
  const extra = { related: [{ place: leaf.place, note: "the certificate" }] };
  const why = coverProblem(certificate, mapping.name);
  if (why !== undefined) yield fault("name", place, { ...data, why, host: mapping.name }, extra);
  const { notBefore, notAfter } = certificate;
  const left = notAfter.getTime() - now.getTime();
  const life = notAfter.getTime() - notBefore.getTime();
  const end = rfc3339(notAfter);
  if (left < 0) yield fault("expired", place, { ...data, end }, extra);
  else if (now < notBefore)
    yield fault("notYet", place, { ...data, start: rfc3339(notBefore) }, extra);
  else if (!made && left < life / 3)
    yield fault(
      "ending",
      place,
      { ...data, end, left: inWords(left) },
      { ...extra, severity: "warning", from: notAfter },
    );
}
