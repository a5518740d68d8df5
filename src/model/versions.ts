import { defineFact, type Source } from "./fact.ts";
import { known, unknown, type Known } from "./known.ts";
import { componentNames, componentOf, fullImageOf, type ComponentName } from "./components.ts";
import { text } from "./json.ts";
import { at, nameOf, type KubeObject } from "./object.ts";
import type { Place } from "./place.ts";

/** Release numbers without the leading "v": "1.21.2", or "1.21" where nobody says which patch. */
export interface Versions {
  readonly knative: Known<string>;
  readonly certManager: Known<string>;
  readonly trustManager: Known<string>;
  /** What each Deployment and CustomResourceDefinition says for itself. */
  readonly parts: readonly Part[];
}

export type Product = "Knative Serving" | "cert-manager" | "trust-manager";

/** A part of a product that an object shows, with the release that it names. */
export interface Part {
  readonly product: Product;
  /** "cert-manager webhook"; "CustomResourceDefinition". */
  readonly name: ComponentName | "CustomResourceDefinition";
  readonly object: KubeObject;
  readonly release: string;
  /** How it is known, "label app.kubernetes.io/version". */
  readonly how: string;
  readonly place: Place;
}

const products: Readonly<Partial<Record<ComponentName, Product>>> = {
  "cert-manager": "cert-manager",
  "cert-manager webhook": "cert-manager",
  "cert-manager cainjector": "cert-manager",
  "trust-manager": "trust-manager",
  "serving controller": "Knative Serving",
  "serving webhook": "Knative Serving",
  activator: "Knative Serving",
  autoscaler: "Knative Serving",
};

/** Groups of CustomResourceDefinitions that carry the release of their product. */
const groups: readonly (readonly [suffix: string, product: Product])[] = [
  [".acme.cert-manager.io", "cert-manager"],
  [".trust.cert-manager.io", "trust-manager"],
  [".serving.knative.dev", "Knative Serving"],
  [".cert-manager.io", "cert-manager"],
];

/**
 * What the user stated, else what the controller's Deployment says by label, image tag or chart, else the
 * CustomResourceDefinitions (cert-manager deploy/charts/cert-manager/templates, knative/serving config/core); of
 * Knative Serving, else what its operator says.
 */
export const versions = defineFact<Versions>({
  name: "versions",
  reads: ["Deployment", "CustomResourceDefinition", "KnativeServing"],
  from: [],
  derive: (source) => {
    const { versions: stated } = source.environment;
    const parts = partsOf(source);
    const knative = releaseOf(parts, "Knative Serving", "serving controller", stated.knative);
    const byOperator = knative.known ? undefined : releaseOfOperator(source);
    return {
      knative: byOperator === undefined ? knative : known(byOperator),
      certManager: releaseOf(parts, "cert-manager", "cert-manager", stated.certManager),
      trustManager: releaseOf(parts, "trust-manager", "trust-manager", stated.trustManager),
      parts,
    };
  },
});

function releaseOf(
  parts: readonly Part[],
  product: Product,
  first: ComponentName,
  stated: string | undefined,
): Known<string> {
  if (stated !== undefined) return known(bare(stated));
  const mine = parts.filter((part) => part.product === product);
  const best =
    mine.find(({ name }) => name === first) ??
    mine.find(({ name }) => name === "CustomResourceDefinition");
  return best ? known(best.release) : unknown(`the version of ${product} is not known`);
}

/**
 * What the operator has installed, else is to install; of a minor release alone it takes the latest patch that it
 * brings along (knative/operator pkg/reconciler/common/releases.go TargetVersion).
 */
function releaseOfOperator(source: Source): string | undefined {
  const { serving } = source.environment.namespaces;
  const object = source.all("KnativeServing").find(({ namespace }) => namespace === serving);
  const release =
    object && (text(object.raw, "status", "version") ?? text(object.raw, "spec", "version"));
  return asRelease(release);
}

function partsOf(source: Source): readonly Part[] {
  const { serving } = source.environment.namespaces;
  const deployments = source.all("Deployment").flatMap((object) => {
    const name = componentOf(object, serving);
    const product = name && products[name];
    const release = releaseShownBy(object);
    return name && product && release ? [{ product, name, object, ...release }] : [];
  });
  const crds = source.all("CustomResourceDefinition").flatMap((object) => {
    const product = groups.find(([suffix]) => object.name.endsWith(suffix))?.[1];
    const release = fromLabel(object);
    const name = "CustomResourceDefinition" as const;
    return product && release ? [{ product, name, object, ...release }] : [];
  });
  const order = (part: Part) =>
    part.name === "CustomResourceDefinition"
      ? componentNames.length
      : componentNames.indexOf(part.name);
  return [...deployments, ...crds].toSorted(
    (a, b) => order(a) - order(b) || (nameOf(a.object) < nameOf(b.object) ? -1 : 1),
  );
}

type Shown = Pick<Part, "release" | "how" | "place">;

function releaseShownBy(deployment: KubeObject): Shown | undefined {
  return fromLabel(deployment) ?? fromImage(deployment) ?? fromChart(deployment);
}

const versionLabels = ["app.kubernetes.io/version", "serving.knative.dev/release"];

function fromLabel(object: KubeObject): Shown | undefined {
  for (const label of versionLabels) {
    const release = asRelease(object.labels.get(label));
    if (release !== undefined)
      return { release, how: `label ${label}`, place: at(object, ["metadata", "labels", label]) };
  }
  return undefined;
}

function fromImage(deployment: KubeObject): Shown | undefined {
  const tag = /:(?<tag>[^:@/]+)(?:@|$)/.exec(fullImageOf(deployment))?.groups?.["tag"];
  const release = asRelease(tag);
  const place = at(deployment, ["spec", "template", "spec", "containers", 0, "image"]);
  return release === undefined ? undefined : { release, how: "its image tag", place };
}

function fromChart(deployment: KubeObject): Shown | undefined {
  const label = "helm.sh/chart";
  const chart = /-(v?\d+\.\d+\.\d+\S*)$/.exec(deployment.labels.get(label) ?? "")?.[1];
  const release = asRelease(chart);
  const place = at(deployment, ["metadata", "labels", label]);
  return release === undefined ? undefined : { release, how: `label ${label}`, place };
}

function asRelease(version: string | undefined): string | undefined {
  return version !== undefined && /^(knative-)?v?\d+\.\d+/.test(version)
    ? bare(version)
    : undefined;
}

function bare(version: string): string {
  return version.replace(/^(knative-)?v/, "");
}

/** False for "1.21", which may be any patch of it. */
export function namesPatch(version: string): boolean {
  return /^\d+\.\d+\.\d+/.test(version);
}

/** Compares release numbers by major, minor and patch: atLeast("1.18.0-beta.0", "1.18") holds. */
export function atLeast(version: string, minimum: string): boolean {
  const [have, want] = [version, minimum].map((one) => one.split(/[.+-]/).slice(0, 3).map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (have?.[i] ?? 0) - (want?.[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
