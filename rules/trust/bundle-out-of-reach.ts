import {
  at,
  bundlesIn,
  bundleSources,
  bundleTarget,
  defineRule,
  dig,
  isLabelled,
  isTargetOf,
  nameOf,
  readsBinaryData,
  reaches,
  reads,
  secretNameOf,
  trustBundleLabel,
  workingNetwork,
  type BundleSource,
  type BundleTarget,
  type KubeObject,
  type MakeFault,
  type Message,
  type View,
} from "../../src/rule/index.ts";

const nothingSynced =
  "trust-manager reports SourceNotFound and leaves every target as it was: none, or its old content";

const messages = {
  notReached: {
    says: "{bundle}, the only bundle for Knative, does not reach namespace {namespace}: {why}",
    breaks:
      "activator and ingress controller read bundles in their own namespace, {namespace}, and nowhere else: they do not trust what is in it",
    fix: "let namespaceSelector select {namespace}, or leave it out",
  },
  badSelector: {
    says: "the {field} of {bundle} does not compile: {why}",
    breaks: "trust-manager refuses the Bundle or writes nothing",
    fix: "correct the selector",
  },
  sourceMissing: {
    says: "{bundle} reads {source} in the trust namespace {namespace}, where it does not exist{elsewhere}",
    breaks: nothingSynced,
    fix: "create it in namespace {namespace}",
  },
  sourceElsewhere: {
    says: "{bundle} reads {source} in the trust namespace {namespace}, where none is among what was read; there is one in namespace {there}",
    breaks: `unless there is one in both: ${nothingSynced}`,
    fix: "create it in namespace {namespace}",
  },
  keyMissing: {
    says: "{bundle} reads key {key} of {source}, which has no such key",
    breaks: nothingSynced,
    fix: "name a key that it has: {keys}",
  },
  selectsNothing: {
    says: "a source of {bundle} selects no {kind} in the trust namespace {namespace}",
    breaks:
      "since 0.13 that is no error: the bundle is written without it, smaller than meant, and says Synced",
    fix: "label what is to be read, in namespace {namespace}",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC514",
  id: "bundle-out-of-reach",
  summary: "a Bundle for Knative misses its sources, or does not reach the namespace that needs it",
  severity: "error",
  since: "0.1.0",
  citation:
    "trust-manager pkg/bundle/internal/source/source.go, pkg/bundle/bundle.go; cert-manager/trust-manager#432; knative-extensions/net-kourier pkg/reconciler/ingress/controller.go",
  reads: [
    "config",
    "trustManager",
    "versions",
    "Bundle",
    "Certificate",
    "ConfigMap",
    "Namespace",
    "Secret",
  ],
  messages,
  *subjects(view) {
    yield* view.all("Bundle").filter(isLabelled);
  },
  *check(bundle, view, fault) {
    yield* badSources(bundle, view, fault);
    const target = bundleTarget(bundle);
    if (target) yield* badReach(bundle, target, view, fault);
    for (const source of bundleSources(bundle)) needSource(source, view);
  },
});

type Say = MakeFault<typeof messages>;
type Seen = View<
  | "config"
  | "trustManager"
  | "versions"
  | "Bundle"
  | "Certificate"
  | "ConfigMap"
  | "Namespace"
  | "Secret"
>;

function affected(view: Seen) {
  return { affects: [bundlesIn(view.environment.namespaces.serving)] };
}

function* badSources(bundle: KubeObject, view: Seen, fault: Say) {
  const { namespace } = view.fact("trustManager");
  for (const source of bundleSources(bundle)) {
    const kind = kindOf(source);
    if (!kind) continue;
    const place = at(bundle, source.steps);
    if (source.selector?.known === false) {
      const data = {
        bundle: nameOf(bundle),
        field: "selector of a source",
        why: source.selector.why,
      };
      yield fault("badSelector", place, data, affected(view));
    } else if (source.selector) {
      const selected = view
        .all(kind)
        .some((one) => one.namespace === namespace && reads(source, one));
      if (!selected && view.complete(kind, namespace))
        yield fault(
          "selectsNothing",
          place,
          { bundle: nameOf(bundle), kind, namespace },
          { severity: "warning", ...affected(view) },
        );
    } else if (source.name !== undefined) {
      yield* badNamed({ bundle, source, kind, name: source.name }, view, fault);
    }
  }
}

interface Named {
  readonly bundle: KubeObject;
  readonly source: BundleSource;
  readonly kind: "ConfigMap" | "Secret";
  readonly name: string;
}

function* badNamed(named: Named, view: Seen, fault: Say) {
  const { bundle, source, kind, name } = named;
  const { namespace } = view.fact("trustManager");
  const answer = view.lookup(kind, namespace, name);
  const data = { bundle: nameOf(bundle), source: `${kind} ${name}`, namespace };
  if (answer.state === "found") {
    const keys = keysOf(answer.object, binaryDataOf(view));
    if (source.key === undefined || keys.includes(source.key)) return;
    const place = at(bundle, [...source.steps.slice(0, -1), "key"]);
    const found = { ...data, key: source.key, keys: keys.join(", ") || "it is empty" };
    yield fault("keyMissing", place, found, affected(view));
    return;
  }
  if (answer.state === "assumed" || isMade(kind, namespace, name, view)) return;
  const there = elsewhereOf(named, view);
  const place = at(bundle, source.steps);
  if (answer.state === "missing") {
    const elsewhere = there === undefined ? "" : `; there is one in namespace ${there}`;
    yield fault("sourceMissing", place, { ...data, elsewhere }, affected(view));
  } else if (there !== undefined) {
    const extra = { severity: "warning", ...affected(view) } as const;
    yield fault("sourceElsewhere", place, { ...data, there }, extra);
  }
}

/** The namespace where one of that name is, or where a Certificate makes it. */
function elsewhereOf({ kind, name }: Named, view: Seen): string | undefined {
  const stray = view.all(kind).find((one) => one.name === name);
  if (stray || kind === "ConfigMap") return stray?.namespace;
  return view.all("Certificate").find((one) => secretNameOf(one) === name)?.namespace;
}

/** Comes after all that can be said: a source that is nowhere to be seen leaves the verdict open. */
function needSource(source: BundleSource, view: Seen): void {
  const kind = kindOf(source);
  const { namespace } = view.fact("trustManager");
  if (!kind || source.name === undefined || isMade(kind, namespace, source.name, view)) return;
  const answer = view.lookup(kind, namespace, source.name);
  if (answer.state === "unknown")
    view.notEvaluated(`${kind}/${namespace}/${source.name}: ${answer.why}`);
}

function isMade(
  kind: "ConfigMap" | "Secret",
  namespace: string,
  name: string,
  view: Seen,
): boolean {
  return (
    kind === "Secret" &&
    view.all("Certificate").some((one) => one.namespace === namespace && secretNameOf(one) === name)
  );
}

function kindOf({ type }: BundleSource): "ConfigMap" | "Secret" | undefined {
  if (type === "configMap") return "ConfigMap";
  return type === "secret" ? "Secret" : undefined;
}

/** Where no release is known, nothing is said of a key that only newer ones read. */
function binaryDataOf(view: Seen): readonly "binaryData"[] {
  return readsBinaryData(view.fact("versions").trustManager) === false ? [] : ["binaryData"];
}

function keysOf(object: KubeObject, binaryData: readonly "binaryData"[]): readonly string[] {
  return ["data", "stringData", ...binaryData]
    .flatMap((field) => Object.keys(dig(object.raw, field) ?? {}))
    .toSorted();
}

/** Only where the dialers are: other namespaces are served by other bundles, or need none. */
function* badReach(bundle: KubeObject, target: BundleTarget, view: Seen, fault: Say) {
  const selector = ["spec", "target", "namespaceSelector"];
  if (!target.namespaces.known) {
    const data = { bundle: nameOf(bundle), field: "namespaceSelector", why: target.namespaces.why };
    yield fault("badSelector", at(bundle, selector), data, affected(view));
    return;
  }
  const namespace = view.environment.namespaces.serving;
  const network = workingNetwork(view.fact("config"));
  if (network.known && !network.value.systemInternalTls.value) return;
  const reached = reachesServing(bundle, view);
  if (reached === undefined)
    view.notEvaluated(
      `the labels of Namespace/${namespace}, which namespaceSelector asks for, are not known`,
    );
  if (reached || hasOther(bundle, view)) return;
  const listed = view.fact("trustManager").targets;
  const why =
    listed && !listed.has(namespace)
      ? "--target-namespaces of trust-manager does not list it"
      : "its namespaceSelector does not select it";
  const place = at(bundle, target.hasSelector ? selector : ["spec", "target"], "key");
  yield fault(
    "notReached",
    place,
    { bundle: nameOf(bundle), namespace, why },
    {
      ...(!network.known && { severity: "warning" as const }),
      ...affected(view),
    },
  );
}

function reachesServing(bundle: KubeObject, view: Seen): boolean | undefined {
  const target = bundleTarget(bundle);
  const { serving } = view.environment.namespaces;
  return target
    ? reaches(target, serving, view.all("Namespace"), view.fact("trustManager"))
    : false;
}

/** Another labelled bundle where the dialers are. */
function hasOther(bundle: KubeObject, view: Seen): boolean {
  const { serving } = view.environment.namespaces;
  return (
    view
      .all("Bundle")
      .some((one) => one !== bundle && isLabelled(one) && reachesServing(one, view) !== false) ||
    view
      .all("ConfigMap")
      .some(
        (one) =>
          one.namespace === serving && one.labels.has(trustBundleLabel) && !isTargetOf(one, bundle),
      )
  );
}
