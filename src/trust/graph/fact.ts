import { defineFact, type Ask, type Source } from "../../model/fact.ts";
import { issuerOf, secretNameOf } from "../../model/certmanager/certificate.ts";
import { isIssuerKind, isOwnGroup, issuerType } from "../../model/certmanager/issuer.ts";
import { resourceNamespace } from "../../model/certmanager/resource-namespace.ts";
import { text } from "../../model/json.ts";
import { demands } from "../../model/knative/demands.ts";
import { issuerUses } from "../../model/knative/issuer-use.ts";
import { nameOf, type KubeObject, type SubjectRef } from "../../model/object.ts";
import { handshakes } from "../facts.ts";
import type { Handshake } from "../handshake.ts";
import { stores } from "../stores/fact.ts";
import type { TrustStore } from "../stores/store.ts";
import { drawing, type Drawing, type Graph } from "./graph.ts";

/** Who signs, serves, trusts and mounts what, at a time. */
export const graph = defineFact<(now: Date) => Graph>({
  name: "graph",
  reads: ["Bundle", "Certificate", "ClusterIssuer", "ConfigMap", "Issuer"],
  from: [demands, handshakes, issuerUses, resourceNamespace, stores],
  derive: (source, ask) => (now) => {
    const draw = drawing();
    const rows = ask(handshakes)(now);
    for (const row of rows) drawHandshake(draw, row);
    const dialers = new Set(rows.map(({ dialer }) => dialer.component));
    for (const store of ask(stores))
      if (dialers.has(store.holder.component)) drawStore(draw, source, store);
    drawIssuers(draw, source, ask);
    return draw.graph();
  },
});

function drawHandshake(draw: Drawing, { dialer, endpoint, presents, verdict }: Handshake): void {
  const to = draw.party(endpoint);
  draw.edge(draw.party(dialer), to, "dials", verdict);
  if (!presents) return;
  const type = endpoint.component === "queue-proxy" ? "mounts" : "serves";
  draw.edge(to, draw.object(presents), type);
}

function drawStore(draw: Drawing, source: Source, { holder, inputs }: TrustStore): void {
  for (const { object, reading } of inputs) {
    if (reading.kept.length === 0) continue;
    const node = draw.object(object);
    draw.edge(draw.party(holder), node, "trusts");
    const configMap = source.find("ConfigMap", object.namespace, object.name);
    const bundle = source.find(
      "Bundle",
      "",
      configMap?.labels.get("trust.cert-manager.io/bundle") ?? object.name,
    );
    if (bundle && object.kind === "ConfigMap") draw.edge(draw.object(bundle), node, "writes");
  }
}

/** Issuers of the Secrets that are drawn, and those above them. */
function drawIssuers(draw: Drawing, source: Source, ask: Ask): void {
  const bySecret = new Map(
    source
      .all("Certificate")
      .map((one): [string, KubeObject] => [`Secret/${one.namespace}/${secretNameOf(one)}`, one]),
  );
  const wanted = wantedIssuers(ask);
  const open = draw.graph().nodes.flatMap(({ id, type }) => (type === "secret" ? [id] : []));
  const seen = new Set(open);
  for (const secret of open) {
    const certificate = bySecret.get(secret);
    const issuer = certificate ? issuerRef(certificate) : wanted.get(secret);
    if (!issuer) continue;
    const node = draw.object(issuer);
    draw.edge(node, secret, "signs");
    const key = keyOf(source, ask, issuer);
    if (!key) continue;
    draw.edge(node, draw.object(key), "reads");
    if (!seen.has(nameOf(key))) open.push(nameOf(key));
    seen.add(nameOf(key));
  }
}

function issuerRef(certificate: KubeObject): SubjectRef | undefined {
  const { kind, group, name } = issuerOf(certificate);
  if (!isOwnGroup(group) || !isIssuerKind(kind)) return undefined;
  return { kind, name, namespace: kind === "Issuer" ? certificate.namespace : "" };
}

/** The issuers of Secrets that Knative will ask for, by the Secret. */
function wantedIssuers(ask: Ask): ReadonlyMap<string, SubjectRef> {
  const [wanted, uses] = [ask(demands), ask(issuerUses)];
  if (!wanted.known || !uses.known) return new Map();
  return new Map(
    wanted.value.list.flatMap(({ namespace, name = "", issuerKey }) => {
      const use = uses.value.find(({ references }) =>
        references.some(({ reference }) => reference.key === issuerKey),
      );
      if (!use || !isIssuerKind(use.target.kind)) return [];
      const { kind } = use.target;
      const issuer = { kind, name: use.target.name, namespace: kind === "Issuer" ? namespace : "" };
      return [[`Secret/${namespace}/${name}`, issuer] as const];
    }),
  );
}

/** The Secret with the key that a CA issuer signs with. */
function keyOf(source: Source, ask: Ask, { kind, namespace, name }: SubjectRef) {
  if (!isIssuerKind(kind)) return undefined;
  const issuer = source.find(kind, namespace, name);
  if (!issuer || issuerType(issuer) !== "ca") return undefined;
  const where = kind === "Issuer" ? namespace : ask(resourceNamespace).name;
  const secret = text(issuer.raw, "spec", "ca", "secretName");
  return secret ? { kind: "Secret", namespace: where, name: secret } : undefined;
}
