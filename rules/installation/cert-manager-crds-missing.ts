import {
  at,
  atLeast,
  certificatesWanted,
  componentTopic,
  defineRule,
  dig,
  examples,
  holderOf,
  list,
  placeOf,
  text,
  workingNetwork,
  type KubeObject,
} from "../../src/rule/index.ts";

/** What the serving controller looks for before it starts its certificate controller (cmd/controller/main.go). */
const needed = [
  ["cert-manager.io", "certificaterequests"],
  ["cert-manager.io", "certificates"],
  ["cert-manager.io", "clusterissuers"],
  ["cert-manager.io", "issuers"],
  ["acme.cert-manager.io", "challenges"],
] as const;

export default defineRule({
  code: "KC101",
  id: "cert-manager-crds-missing",
  summary:
    "certificates are wanted, but cert-manager's CustomResourceDefinitions are not installed",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving cmd/controller/main.go shouldEnableNetCertManagerController, certManagerCRDsExist",
  holdsFor: "Knative >= 1.15; before, net-certmanager was a program of its own",
  reads: ["config", "versions", "CustomResourceDefinition"],
  messages: {
    missing: {
      says: "certificates are wanted, but cert-manager's CustomResourceDefinitions {names} are not installed",
      breaks: 'the serving controller exits at its next start: "Please install cert-manager"',
      fix: "install cert-manager before turning a TLS feature on",
    },
    notServed: {
      says: "CustomResourceDefinition {name} does not serve version v1, which Knative asks for",
      breaks: 'the serving controller exits at its next start: "Please install cert-manager"',
      fix: "install a cert-manager that serves v1",
    },
  },
  *subjects(view) {
    const network = view.need(workingNetwork(view.fact("config")));
    const holder = holderOf(network.settings);
    if (holder && certificatesWanted(network)) yield { ...holder, network };
  },
  *check({ network }, view, fault) {
    const { knative } = view.fact("versions");
    if (knative.known && !atLeast(knative.value, "1.15"))
      view.notEvaluated(`Knative ${knative.value} leaves certificates to net-certmanager`);
    const found = needed
      .map(([group, plural]) => `${plural}.${group}`)
      .filter((name) => view.lookup("CustomResourceDefinition", "", name).state !== "assumed");
    const crds = found.map((name) => ({
      name,
      crd: view.expect("CustomResourceDefinition", "", name),
    }));
    const missing = crds.filter(({ crd }) => !crd).map(({ name }) => name);
    const { externalDomainTls, clusterLocalDomainTls, systemInternalTls, wildcardSelector } =
      network;
    const wish =
      [externalDomainTls, clusterLocalDomainTls, systemInternalTls].find(({ value }) => value) ??
      wildcardSelector;
    const place = wish?.entry && placeOf(wish.entry);
    const related = place ? [{ place, note: "a certificate is wanted here" }] : [];
    const affects = [componentTopic("serving controller")];
    if (missing.length > 0)
      yield fault("missing", place, { names: examples(missing) }, { affects });
    for (const { name, crd } of crds)
      if (crd && !servesV1(crd)) {
        const versions = at(crd, ["spec", "versions"], "key");
        yield fault("notServed", versions, { name }, { subject: crd, related, affects });
      }
  },
});

function servesV1(crd: KubeObject): boolean {
  return list(crd.raw, "spec", "versions").some(
    (version) => text(version, "name") === "v1" && dig(version, "served") !== false,
  );
}
