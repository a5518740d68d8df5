import type { Random } from "../../support/random.ts";

/** What the manifests of one application share. */
export interface App {
  readonly name: string;
  readonly namespace: string;
  readonly team: string;
  /** Its directory holds manifests of several applications. */
  readonly part: string;
}

const subjects = [
  "billing",
  "cart",
  "checkout",
  "catalog",
  "search",
  "ledger",
  "payments",
  "profile",
  "shipping",
  "inventory",
  "pricing",
  "reviews",
  "session",
  "media",
  "mailer",
  "reports",
  "audit",
  "orders",
] as const;
const roles = ["api", "worker", "web", "sync", "gateway", "jobs", "exporter", "proxy"] as const;
const teams = ["atlas", "borealis", "cygnus", "draco", "equinox", "fornax"] as const;

export function makeApp(random: Random, index: number): App {
  const team = random.pick(teams);
  const part = `${random.pick(subjects)}-${random.pick(roles)}`;
  return {
    name: `${part}-${String(index)}`,
    namespace: `${team}-${random.pick(["prod", "staging", "dev"])}`,
    team,
    part,
  };
}

/** The metadata that charts give to everything. */
export function metadata({ name, namespace, team }: App, annotations = ""): string {
  return `metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/instance: ${name}
    app.kubernetes.io/part-of: ${team}
    app.kubernetes.io/managed-by: Helm
    helm.sh/chart: ${name}-2.14.3
${annotations}`;
}
