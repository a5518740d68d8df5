import { known } from "../../src/model/known.ts";
import { severities } from "../../src/rule/finding.ts";
import type { Gap, LocatedFinding, LocatedReport } from "../../src/rule/report.ts";
import type { Handshake } from "../../src/trust/handshake.ts";
import type { Given } from "../../src/tui/contents.ts";

const namespaces = 5000;
const now = "2026-11-24T12:00:00.000Z";

/** What a large cluster gives the screen to show: findings, and for each namespace handshakes, events and gaps. */
export function contentsOf(findings: number): Given {
  const handshakes = of(6 * namespaces, handshake);
  return {
    source: "bench",
    report: reportOf(findings),
    handshakes: () => known([{ name: "", handshakes }]),
    forecasts: () => [
      {
        name: "",
        forecast: {
          from: now,
          until: atDay(365),
          events: of(4 * namespaces, (i) => ({
            at: atDay((i * 365) / (4 * namespaces)),
            type: i % 3 === 0 ? "re-key" : "renewal",
            object: `Certificate/shop-${String(i % namespaces)}/serving-certs`,
            effect: "is issued again",
          })),
          states: [],
          broken: [],
          firstBroken: null,
          assumptions: [],
        },
      },
    ],
    rotations: () => [],
    rulePage: () => undefined,
    objectText: () => undefined,
  };
}

function of<T>(length: number, make: (i: number) => T): readonly T[] {
  return Array.from({ length }, (_, i) => make(i));
}

function atDay(days: number): string {
  return new Date(Date.parse(now) + days * 24 * 60 * 60 * 1000).toISOString();
}

const dialers = ["activator", "kourier-gateway", "broker-ingress"] as const;

function handshake(i: number): Handshake {
  const namespace = `shop-${String(i % namespaces)}`;
  const fails = i % 50 === 0;
  return {
    dialer: { component: dialers[Math.floor(i / namespaces) % 3] ?? "activator", namespace: "" },
    endpoint: { component: i < 3 * namespaces ? "queue-proxy" : "job-sink", namespace },
    presents: { kind: "Secret", namespace, name: "serving-certs" },
    serverNames: [`kn-user-${namespace}`, `serving.${namespace}.svc.cluster.local`],
    verdict: fails ? "fails" : "holds",
    reason: fails ? { code: "expired", text: `the certificate of ${namespace} has expired` } : null,
    until: fails ? null : atDay(i % 90),
    chain: [],
    tried: [],
    note: null,
  };
}

function gap(i: number): Gap {
  return {
    code: `KC${String(200 + (i % 20))}`,
    subject: { kind: "Secret", namespace: `shop-${String(i % namespaces)}`, name: "serving-certs" },
    why: `Secrets of ${i % 2 === 0 ? "this namespace" : `namespace shop-${String(i % 40)}`} were not read`,
    rbac: `get secrets in shop-${String(i % 40)}`,
  };
}

function reportOf(count: number): LocatedReport {
  return {
    now,
    worlds: [
      {
        name: "",
        objects: count,
        coverage: { evaluated: count, notEvaluated: of(4 * namespaces, gap) },
      },
    ],
    findings: of(count, finding),
    crashes: [],
    rules: [],
  };
}

/** Of 20 rules in 5,000 namespaces; every tenth follows from another. */
function finding(i: number): LocatedFinding {
  const namespace = `shop-${String(i % 5000)}`;
  const name = `serving-certificate-${String(i)}`;
  const code = `KC${String(200 + (i % 20))}`;
  const line = (i % 400) + 1;
  const location = {
    file: `deploy/${namespace}/certificates.yaml`,
    line,
    column: 3,
    endLine: line,
    endColumn: 20,
    pointer: "/spec/issuerRef/name",
  };
  return {
    code,
    id: "issuer-missing",
    severity: severities[i % 3] ?? "error",
    world: "",
    subject: { kind: "Certificate", namespace, name },
    messageId: "missing",
    message: `Certificate/${namespace}/${name} is to be signed by ClusterIssuer/knative-ca-${String(i % 7)}, which does not exist`,
    consequence: `nothing is issued for ${namespace}`,
    remedy: "create the issuer, or name another one",
    place: undefined,
    related: [],
    evidence: [`the only issuer there is is ClusterIssuer/other-${String(i % 3)}`],
    handshakes: [`activator -> queue-proxy in namespace ${namespace}`],
    from: undefined,
    causes: i % 10 === 9 ? [String(i - 1).padStart(32, "0")] : [],
    fingerprint: String(i).padStart(32, "0"),
    accepted: undefined,
    location,
    excerpt: { firstLine: line, lines: ["  name: knative-ca"] },
    relatedLocations: [],
  };
}
