import {
  at,
  defineRule,
  examples,
  fieldManagers,
  nameOf,
  observed,
  perObject,
  sentence,
  type FieldManager,
} from "../../src/rule/index.ts";

/** Tools that copy or apply objects by themselves, by the name under which they write. */
const tools: readonly (readonly [RegExp, string])[] = [
  [/^argocd|^argo-cd/, "Argo CD"],
  [/^kustomize-controller|^helm-controller/, "Flux"],
  [/^helm$/i, "Helm"],
  [/^kubectl/, "kubectl"],
  [/^external-?secrets/, "External Secrets"],
  [/reflector/, "a Secret reflector"],
  [/replicator/, "a Secret replicator"],
  [/^kubed|^config-syncer/, "Config Syncer"],
  [/^velero/, "Velero"],
  [/^terraform/i, "Terraform"],
];

export default defineRule({
  code: "KC327",
  id: "second-writer",
  summary: "somebody else writes a Secret or bundle that a controller generates",
  severity: "warning",
  since: "0.1.0",
  citation:
    "https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management; cert-manager#5074, #6992; knative/operator#1685",
  reads: ["Secret", "ConfigMap"],
  messages: {
    two: {
      says: "{object} is written by {owner}, and {keys} in it by {others} as well",
      breaks:
        "each undoes what the other does: certificates are issued again and again, or trust goes back to what it was",
      fix: "leave it to {owner}: exclude it from the other tool",
    },
    foreign: {
      says: "{object} should be written by {owner}, but {keys} in it {were} written by {others}",
      breaks: "it does not follow its Certificate or Bundle any more",
      fix: "exclude it from the other tool, and delete it once: {owner} makes it again",
    },
  },
  *subjects(view) {
    for (const object of [...view.all("Secret"), ...view.all("ConfigMap")])
      if (observed(object) && ownerFor(object) !== undefined) yield object;
  },
  *check(object, view, fault) {
    const owner = ownerFor(object) ?? "";
    const managers = view.need(fieldManagers(object)).filter(({ keys }) => keys.length > 0);
    const others = managers.filter(({ manager }) => toolOf(manager) !== undefined);
    const rest = managers.filter(({ manager }) => toolOf(manager) === undefined);
    const contested = rest.length > 0 ? sharedBy(rest, others) : others.flatMap(({ keys }) => keys);
    if (others.length === 0 || contested.length === 0) return;
    const data = {
      object: nameOf(object),
      owner,
      keys: examples([...new Set(contested)]),
      others: sentence(others.map(described)),
    };
    const place = at(object, ["data"]);
    if (rest.length > 0) yield fault("two", place, data);
    else yield fault("foreign", place, { ...data, were: contested.length === 1 ? "was" : "were" });
  },
});

const ownerFor = perObject((object): string | undefined => {
  const { labels } = object;
  if (object.kind === "ConfigMap")
    return labels.has("trust.cert-manager.io/bundle") ? "trust-manager" : undefined;
  return labels.has("networking.internal.knative.dev/certificate-uid") ||
    labels.get("controller.cert-manager.io/fao") === "true"
    ? "cert-manager"
    : undefined;
});

function toolOf(manager: string): string | undefined {
  return tools.find(([pattern]) => pattern.test(manager))?.[1];
}

function described({ manager, operation }: FieldManager): string {
  return `${toolOf(manager) ?? "somebody"} (${manager}, ${operation})`;
}

/** Keys that tools write besides the controller: those of both, and those that only a tool knows. */
function sharedBy(
  rest: readonly FieldManager[],
  others: readonly FieldManager[],
): readonly string[] {
  const generated = new Set(["tls.crt", "tls.key", "ca.crt", ...rest.flatMap(({ keys }) => keys)]);
  return others.flatMap(({ keys }) => keys.filter((key) => generated.has(key)));
}
