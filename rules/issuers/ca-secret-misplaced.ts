import {
  at,
  certificatesIn,
  conditionOf,
  defineRule,
  isCa,
  issuerType,
  nameOf,
  secretKeys,
  secretNameOf,
  severityByUse,
  text,
  type FactTypes,
  type IssuerUse,
  type KubeObject,
  type Lookup,
  type MakeFault,
  type Message,
  type Severity,
  type View,
} from "../../src/rule/index.ts";

const messages = {
  elsewhere: {
    says: "{issuer} reads its CA from Secret {secret} in namespace {namespace} ({how}), but {found} is in namespace {there}",
    breaks: "the issuer is not Ready and nothing is issued through it",
    fix: "move {what} to namespace {namespace}",
  },
  perhapsElsewhere: {
    says: "{issuer} reads its CA from Secret {secret} in namespace {namespace} ({how}), but {found} is in namespace {there}",
    breaks: "the issuer is not Ready and nothing is issued through it",
    fix: "move {what} to namespace {namespace}; or, if cert-manager reads them elsewhere, say where: environment.namespaces.clusterResource in .knative-certs.yaml",
  },
  missing: {
    says: "{issuer} reads its CA from Secret {secret} in namespace {namespace} ({how}), which does not exist and no Certificate makes",
    breaks: "the issuer is not Ready and nothing is issued through it",
    fix: "create the Secret there, or a Certificate with isCA: true that writes it",
  },
  gone: {
    says: "Secret {namespace}/{secret}, from which {issuer} signs, does not exist any more, though Certificate {maker}, which writes it, is Ready",
    breaks:
      "cert-manager makes a new CA with another key as soon as it notices: what it signs from then on is refused by everything that knows the old CA only",
    fix: "restore the Secret from a backup at once, and see what deletes it",
  },
  copied: {
    says: "Secret {namespace}/{secret}, from which {issuer} signs, is a copy of that in namespace {there}, which Certificate {maker} renews; {state}",
    breaks:
      "a renewal reaches the original only: the issuer goes on signing with the old CA, and stops being trusted when that ends",
    fix: "move Certificate {maker} to namespace {namespace}, and let it write the Secret there",
  },
  incomplete: {
    says: "Secret {namespace}/{secret}, from which {issuer} reads its CA, has no {keys}",
    breaks: "the issuer is not Ready and nothing is issued through it",
    fix: "put the CA certificate into tls.crt and its key into tls.key",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC207",
  id: "ca-secret-misplaced",
  summary: "the Secret of a CA issuer is not where cert-manager reads it",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager pkg/issuer/ca/setup.go; pkg/controller/context.go IssuerOptions.ResourceNamespace; pkg/util/kube/pki.go",
  reads: ["issuerUses", "resourceNamespace", "ClusterIssuer", "Issuer", "Certificate", "Secret"],
  messages,
  *subjects(view) {
    for (const kind of ["ClusterIssuer", "Issuer"] as const) {
      yield* view
        .all(kind)
        .filter(
          (issuer) => issuerType(issuer) === "ca" && text(issuer.raw, "spec", "ca", "secretName"),
        );
    }
  },
  *check(issuer, view, fault) {
    const secret = text(issuer.raw, "spec", "ca", "secretName") ?? "";
    const where = whereRead(issuer, view.fact("resourceNamespace"));
    const answer = view.lookup("Secret", where.name, secret);
    const wanted = { issuer, secret, where, severity: severityOf(issuer, view) };
    const makers = view
      .all("Certificate")
      .filter((certificate) => secretNameOf(certificate) === secret);
    if (answer.state === "found") {
      yield* incomplete(wanted, answer.object, fault);
      yield* copied(wanted, answer.object, makers, view, fault);
      return;
    }
    const maker = makers.find(({ namespace }) => namespace === where.name);
    if (maker && answer.state === "missing") yield* gone(wanted, maker, fault);
    if (maker || answer.state === "assumed") return;
    yield* absent(wanted, answer, makers, view, fault);
  },
});

/** A Secret that is not where it is read, and that nothing makes there: where else it is. */
function* absent(
  wanted: Wanted,
  answer: Exclude<Lookup, { readonly state: "found" | "assumed" }>,
  makers: readonly KubeObject[],
  view: View<"Secret" | "Issuer">,
  fault: Say,
) {
  const { secret, where } = wanted;
  const free = makers.filter((one) => !hasUse(one, secret, view));
  const stray =
    free.find(isCa) ??
    view.all("Secret").find((one) => one.name === secret && !hasUse(one, secret, view)) ??
    free[0];
  if (!where.sure && conditionOf(wanted.issuer, "Ready")?.status === "True")
    view.notEvaluated(
      `${nameOf(wanted.issuer)} is Ready, so cert-manager reads Secret ${secret} in another namespace than ${where.name}: state environment.namespaces.clusterResource`,
    );
  if (stray) yield* elsewhere(wanted, stray, where.sure || answer.state === "missing", fault);
  else if (answer.state === "missing")
    yield fault("missing", placeOf(wanted), dataOf(wanted), { severity: wanted.severity });
  else view.notEvaluated(`Secret/${where.name}/${secret}: ${answer.why}`);
}

/** An Issuer of its own namespace reads it there: it is where it belongs. */
function hasUse({ namespace }: KubeObject, secret: string, view: View<"Issuer">): boolean {
  return view
    .all("Issuer")
    .some(
      (issuer) =>
        issuer.namespace === namespace && text(issuer.raw, "spec", "ca", "secretName") === secret,
    );
}

interface Wanted {
  readonly issuer: KubeObject;
  readonly secret: string;
  readonly where: { readonly name: string; readonly sure: boolean; readonly how: string };
  readonly severity: Severity;
}
type Say = MakeFault<typeof messages>;

function placeOf({ issuer }: Wanted) {
  return at(issuer, ["spec", "ca", "secretName"]);
}

function dataOf({ issuer, secret, where }: Wanted) {
  return { issuer: nameOf(issuer), secret, namespace: where.name, how: where.how };
}

function* incomplete(wanted: Wanted, secret: KubeObject, fault: Say) {
  const present = secretKeys(secret);
  const keys = ["tls.crt", "tls.key"].filter((key) => !present.has(key));
  const data = {
    issuer: nameOf(wanted.issuer),
    namespace: secret.namespace,
    secret: secret.name,
    keys: keys.join(" and no "),
  };
  if (keys.length > 0)
    yield fault("incomplete", placeOf(wanted), data, { severity: wanted.severity });
}

/** A Secret that was there: its Certificate has been issued. */
function* gone(wanted: Wanted, maker: KubeObject, fault: Say) {
  if (conditionOf(maker, "Ready")?.status !== "True") return;
  yield fault(
    "gone",
    placeOf(wanted),
    { ...dataOf(wanted), maker: maker.name },
    {
      severity: wanted.severity,
      related: [
        { place: at(maker, ["spec", "secretName"]), note: `Certificate ${maker.name} writes it` },
      ],
    },
  );
}

/** A Secret that was copied by hand to where the issuer reads it, while a Certificate renews the original. */
function* copied(
  wanted: Wanted,
  secret: KubeObject,
  makers: readonly KubeObject[],
  view: View<"Secret">,
  fault: Say,
) {
  const maker = makers.find((one) => isCa(one) && one.namespace !== secret.namespace);
  const original = maker && view.find("Secret", maker.namespace, secret.name);
  if (!original || makers.some((one) => one.namespace === secret.namespace)) return;
  const [mine, theirs] = [secret, original].map(firstCertificate);
  if (!mine || !theirs || mine.subject.key !== theirs.subject.key) return;
  const same = mine.fingerprint === theirs.fingerprint;
  const data = {
    ...dataOf(wanted),
    there: maker.namespace,
    maker: maker.name,
    state: same ? "the two are still the same" : "by now they differ",
  };
  const worst = same ? "warning" : "error";
  yield fault("copied", placeOf(wanted), data, {
    severity: atMost(wanted.severity, worst),
    related: [
      { place: at(maker, ["metadata", "namespace"]), note: `Certificate ${maker.name} is here` },
    ],
  });
}

function firstCertificate(secret: KubeObject) {
  const reading = certificatesIn(secret, "tls.crt");
  return reading.state === "read" ? reading.certificates[0]?.certificate : undefined;
}

/** The milder of two. */
function atMost(one: Severity, other: Severity): Severity {
  const order = ["info", "warning", "error"];
  return order.indexOf(one) < order.indexOf(other) ? one : other;
}

function* elsewhere(wanted: Wanted, stray: KubeObject, certain: boolean, fault: Say) {
  const isSecret = stray.kind === "Secret";
  const found = isSecret
    ? "a Secret of that name"
    : `the Certificate that writes it, ${stray.name},`;
  const what = isSecret ? "the Secret" : `Certificate ${stray.name}`;
  const related = [
    { place: at(stray, ["metadata", "namespace"]), note: `${stray.kind} ${stray.name} is here` },
  ];
  const severity = certain ? wanted.severity : "warning";
  yield fault(
    wanted.where.sure ? "elsewhere" : "perhapsElsewhere",
    placeOf(wanted),
    { ...dataOf(wanted), found, there: stray.namespace, what },
    { related, severity },
  );
}

function whereRead(issuer: KubeObject, cluster: FactTypes["resourceNamespace"]) {
  if (issuer.kind === "ClusterIssuer") return cluster;
  return { name: issuer.namespace, sure: true, how: "that of the Issuer" };
}

/** An issuer that Knative's configuration is known not to name is somebody else's. */
function severityOf(issuer: KubeObject, view: View<"issuerUses">): Severity {
  const uses = view.fact("issuerUses");
  if (!uses.known) return "error";
  const use = uses.value.find(
    ({ target }: IssuerUse) => target.kind === issuer.kind && target.name === issuer.name,
  );
  return use ? severityByUse(use, "error") : "info";
}
