import { describe, expect, it } from "vitest";
import {
  readCertManagerConfig,
  referenceOf,
} from "../../../src/model/knative/cert-manager-config.ts";
import { readSettings } from "../../../src/model/knative/settings.ts";
import { inventoryOf } from "../../support/world.ts";

const source =
  "knative/serving pkg/reconciler/certificate/config/cert_manager.go NewCertManagerConfigFromConfigMap";
const theDefault = "ClusterIssuer/knative-selfsigned-issuer";

/** A value of issuerRef, and what Knative makes of it: "kind/name" or "group kind/name", or the error of Go. */
const rows: readonly (readonly [what: string, value: string | undefined, outcome: string])[] = [
  ["key absent", undefined, theDefault],
  ["empty", "", theDefault],
  ["an empty mapping", "{}", theDefault],
  ["null", "null", theDefault],
  ["only comments", "# name: x\n", theDefault],
  ["a name alone", "name: x", "ClusterIssuer/x"],
  ["a kind alone: the silent trap", "kind: Issuer", "Issuer/knative-selfsigned-issuer"],
  ["name without a value", "kind: Issuer\nname:\n", "Issuer/knative-selfsigned-issuer"],
  ["name null", "kind: Issuer\nname: null\n", "Issuer/knative-selfsigned-issuer"],
  ["an unknown field", "name: x\nnamespace: ns\n", "ClusterIssuer/x"],
  ["a nested issuerRef", "issuerRef:\n  name: x\n", theDefault],
  ["a key in another case", "Name: x\nKIND: Issuer\n", "Issuer/x"],
  ["of several cases the lower one", "name: a\nName: b\n", "ClusterIssuer/a"],
  ["a duplicate key: the last wins", "name: a\nname: b\n", "ClusterIssuer/b"],
  ["a second document", "name: a\n---\nname: b\n", "ClusterIssuer/a"],
  ["y", "name: y", "ClusterIssuer/true"],
  ["yes", "name: yes", "ClusterIssuer/true"],
  ["on", "name: on", "ClusterIssuer/true"],
  ["no", "name: no", "ClusterIssuer/false"],
  ["010", "name: 010", "ClusterIssuer/8"],
  ["1.0", "name: 1.0", "ClusterIssuer/1"],
  ["123", "name: 123", "ClusterIssuer/123"],
  ["a quoted word", 'name: "yes"', "ClusterIssuer/yes"],
  ["a kind in lower case is kept as it is", "kind: clusterissuer\nname: x", "clusterissuer/x"],
  [
    "a group",
    "group: awspca.cert-manager.io\nkind: AWSPCAClusterIssuer\nname: x",
    "awspca.cert-manager.io AWSPCAClusterIssuer/x",
  ],
  ["an empty name", 'name: ""', "ClusterIssuer/"],
  ["JSON", '{"kind": "Issuer", "name": "x"}', "Issuer/x"],
  [
    "a plain string",
    "letsencrypt",
    "json: cannot unmarshal string into Go value of type v1.ObjectReference",
  ],
  ["a list", "- name: x", "json: cannot unmarshal array into Go value of type v1.ObjectReference"],
  ["a number", "5", "json: cannot unmarshal number into Go value of type v1.ObjectReference"],
  ["a boolean", "true", "json: cannot unmarshal bool into Go value of type v1.ObjectReference"],
  [
    "a mapping as name",
    "name: {a: b}",
    "json: cannot unmarshal object into Go struct field ObjectReference.name of type string",
  ],
  [
    "a list as kind",
    "kind: [Issuer]",
    "json: cannot unmarshal array into Go struct field ObjectReference.kind of type string",
  ],
  ["a tab as indentation", "name:\n\tx", "error"],
  ["a, b: c", "name: a, b: c", "error"],
];

describe(source, () => {
  it.each(rows)("%s", (_what, value, outcome) => {
    const data = value === undefined ? {} : { issuerRef: value };
    const configMap = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "config-certmanager", namespace: "knative-serving" },
      data,
    };
    const settings = readSettings(
      inventoryOf({ "config.json": JSON.stringify(configMap) }),
      "config-certmanager",
    );
    if (!settings.known || !settings.value) throw new Error("the ConfigMap was not read");
    const config = readCertManagerConfig(settings.value);
    const [broken] = config.broken;
    const reference = referenceOf(config, "issuerRef");
    if (broken) {
      expect(reference.known).toBe(false);
      expect(broken.error.message).toContain(outcome);
      return;
    }
    if (!reference.known) throw new Error(reference.why);
    const { group, kind, name } = reference.value.target;
    expect(`${group ? `${group} ` : ""}${kind}/${name}`).toBe(outcome);
  });

  it("keeps the three references apart", () => {
    const data = { issuerRef: "name: a", clusterLocalIssuerRef: "name: b" };
    const configMap = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "config-certmanager", namespace: "knative-serving" },
      data,
    };
    const settings = readSettings(
      inventoryOf({ "config.json": JSON.stringify(configMap) }),
      "config-certmanager",
    );
    if (!settings.known || !settings.value) throw new Error("the ConfigMap was not read");
    const names = readCertManagerConfig(settings.value).references.map(({ target }) => target.name);
    expect(names).toEqual(["a", "b", "knative-selfsigned-issuer"]);
  });
});
