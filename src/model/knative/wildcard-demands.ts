import type { Source } from "../fact.ts";
import type { Known } from "../known.ts";
import type { LabelSelector } from "../label-selector.ts";
import { labelsOfNamespace, selectsByName } from "../namespace.ts";
import { at, type KubeObject } from "../object.ts";
import type { Place } from "../place.ts";
import { add, classOf, type Collected } from "./demand.ts";
import type { DomainConfig } from "./domain-config.ts";
import { afterFirstDot } from "./names.ts";
import type { NetworkConfig } from "./network-config.ts";
import { renderName } from "./templates.ts";

/** Which names need no certificate of their own. */
export interface Wildcards {
  /** "namespace domain suffix" of each wildcard. */
  readonly covered: ReadonlySet<string>;
  /** "namespace domain" where it is not known whether the namespace gets one. */
  readonly undecided: ReadonlySet<string>;
}

/** Adds the namespace wildcards. */
export function namespaceWildcards(to: Collected, domains: DomainConfig): Wildcards {
  const { network, source } = to;
  const covered = new Set<string>();
  const undecided = new Set<string>();
  if (!network.wildcardSelector?.value.known) return { covered, undecided };
  const selector = network.wildcardSelector.value.value;
  const wanted = domains.domains.filter(({ wildcard }) => wildcard).map(({ name }) => name);
  for (const namespace of namespacesIn(source)) {
    const selected = isSelected(namespace, selector);
    if (selected === undefined && wanted.length > 0)
      to.unsure.push({ type: "external-domain", owner: namespace.shownBy, why: whyOf(namespace) });
    for (const domain of wanted) {
      if (selected === undefined) undecided.add(`${namespace.name} ${domain}`);
      if (selected !== true) continue;
      const host = wildcardHost(network, domain, namespace.name);
      if (!host.known)
        to.unsure.push({ type: "external-domain", owner: namespace.shownBy, why: host.why });
      else if (host.value.startsWith("*.")) {
        covered.add(`${namespace.name} ${domain} ${afterFirstDot(host.value)}`);
        addWildcard(to, namespace, domain, host.value);
      }
    }
  }
  return { covered, undecided };
}

interface NamespaceIn {
  readonly name: string;
  /** The Namespace itself, else an object that is in it. */
  readonly shownBy: KubeObject;
}

/** The namespaces that the input holds, and those that its services are in. */
function namespacesIn(source: Source): readonly NamespaceIn[] {
  const found = new Map(
    source.all("Namespace").map((object) => [object.name, { name: object.name, shownBy: object }]),
  );
  for (const kind of ["KService", "Route"] as const)
    for (const object of source.all(kind)) {
      const { namespace: name } = object;
      if (!found.has(name)) found.set(name, { name, shownBy: object });
    }
  return [...found.values()];
}

function isSelected({ name, shownBy }: NamespaceIn, selector: LabelSelector): boolean | undefined {
  if (shownBy.kind === "Namespace") return selector.matches(labelsOfNamespace(shownBy));
  return selectsByName(selector, name);
}

function whyOf({ name }: NamespaceIn): string {
  return `whether namespace-wildcard-cert-selector selects namespace ${name} is not known: nothing in the input shows its labels`;
}

function addWildcard(
  to: Collected,
  { name, shownBy }: NamespaceIn,
  wildcardOf: string,
  host: string,
): void {
  add(to, {
    type: "external-domain",
    origin: "wildcard",
    namespace: name,
    name: host.slice("*.".length),
    dnsNames: [host],
    domain: "",
    wildcardOf,
    certificateClass:
      shownBy.kind === "Namespace"
        ? classOf(shownBy, to.network)
        : to.network.certificateClass.value,
    owner: shownBy,
    place: placeIn(shownBy),
  });
}

function placeIn(shownBy: KubeObject): Place {
  return shownBy.kind === "Namespace"
    ? at(shownBy, ["metadata", "labels"], "key")
    : at(shownBy, ["metadata", "namespace"]);
}

/** The name of a namespace wildcard; it must start with "*." or nscert refuses it (serving pkg/reconciler/nscert/nscert.go). */
export function wildcardHost(
  network: NetworkConfig,
  domain: string,
  namespace: string,
): Known<string> {
  return renderName(network.domainTemplate.value, {
    Name: "*",
    Namespace: namespace,
    Domain: domain,
    Annotations: undefined,
    Labels: undefined,
  });
}
