import { defineFact, type Source } from "./fact.ts";
import { dig, list, text } from "./json.ts";
import { known, unknown, type Known } from "./known.ts";
import type { KubeObject } from "./object.ts";

/** Release numbers without the leading "v": "1.21.2". */
export interface Versions {
  readonly knative: Known<string>;
  readonly certManager: Known<string>;
  readonly trustManager: Known<string>;
}

/** What the user stated, else what the Deployments say by label or image tag (knowledge: cert-manager chart templates). */
export const versions = defineFact<Versions>({
  name: "versions",
  reads: ["Deployment"],
  from: [],
  derive: (source) => {
    const { versions: stated, namespaces } = source.environment;
    return {
      knative: versionOf(
        source,
        stated.knative,
        "Knative Serving",
        (deployment) =>
          deployment.namespace === namespaces.serving && deployment.name === "controller",
      ),
      certManager: versionOf(source, stated.certManager, "cert-manager", isCertManagerController),
      trustManager: versionOf(source, stated.trustManager, "trust-manager", isTrustManager),
    };
  },
});

/** The Deployment of cert-manager's controller, by the labels that every way of installing it sets. */
export function isCertManagerController(deployment: KubeObject): boolean {
  return (
    deployment.labels.get("app.kubernetes.io/name") === "cert-manager" &&
    deployment.labels.get("app.kubernetes.io/component") === "controller"
  );
}

/** The Deployment of trust-manager; OpenShift's operator gives it another name. */
export function isTrustManager(deployment: KubeObject): boolean {
  return ["trust-manager", "cert-manager-trust-manager"].includes(
    deployment.labels.get("app.kubernetes.io/name") ?? "",
  );
}

function versionOf(
  source: Source,
  stated: string | undefined,
  what: string,
  is: (deployment: KubeObject) => boolean,
): Known<string> {
  if (stated !== undefined) return known(bare(stated));
  const deployment = source.all("Deployment").find(is);
  const found =
    deployment &&
    (releaseOf(deployment.labels.get("app.kubernetes.io/version")) ??
      releaseOf(imageTag(deployment)));
  return found === undefined ? unknown(`the version of ${what} is not known`) : known(found);
}

function imageTag(deployment: KubeObject): string | undefined {
  const [container] = list(dig(deployment.raw, "spec", "template", "spec"), "containers");
  return /:(?<tag>[^:@/]+)(?:@|$)/.exec(text(container, "image") ?? "")?.groups?.["tag"];
}

function releaseOf(version: string | undefined): string | undefined {
  return version !== undefined && /^v?\d+\.\d+/.test(version) ? bare(version) : undefined;
}

function bare(version: string): string {
  return version.replace(/^(knative-)?v/, "");
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
