import { at, defineRule, exampleChecksum, text, type KubeObject } from "../../src/rule/index.ts";

const checksumAnnotation = "knative.dev/example-checksum";
const watched = new Set([
  "config-certmanager",
  "config-deployment",
  "config-domain",
  "config-features",
  "config-network",
]);
/** TLS switches; every release ships them as Disabled in the example. */
const switchedOn =
  /^[ \t]*(?<key>external-domain-tls|cluster-local-domain-tls|system-internal-tls|auto-tls)[ \t]*:[ \t]*["']?enabled\b/gim;

export default defineRule({
  code: "KC108",
  id: "setting-in-example",
  summary: "a setting was made inside _example, where Knative does not read it",
  severity: "warning",
  since: "0.1.0",
  citation:
    "knative/pkg configmap/example.go; knative/pkg webhook/configmaps/configmaps.go; knative/serving#5505",
  reads: ["ConfigMap"],
  messages: {
    edited: {
      says: "_example of {name} was changed: its checksum is {actual}, the annotation says {expected}",
      breaks:
        'nothing in _example has any effect, and Knative\'s webhook refuses a ConfigMap that has its labels: "the update modifies a key in "_example" which is probably not what you want"',
      fix: "move the setting out of _example to the same level, directly below data, and restore _example",
    },
    hidden: {
      says: "{key} is enabled inside _example of {name} only",
      breaks: "nothing in _example has any effect: the feature is off",
      fix: "move {key} out of _example, directly below data",
    },
  },
  *subjects(view) {
    const { serving } = view.environment.namespaces;
    for (const object of view.all("ConfigMap")) {
      const example = text(object.raw, "data", "_example");
      if (object.namespace === serving && watched.has(object.name) && example !== undefined)
        yield { ...object, example };
    }
  },
  *check(subject, _view, fault) {
    const { name, example, annotations } = subject;
    const expected = annotations.get(checksumAnnotation);
    const actual = exampleChecksum(example);
    if (expected !== undefined && expected !== actual) {
      const annotation = at(subject, ["metadata", "annotations", checksumAnnotation]);
      yield fault(
        "edited",
        at(subject, ["data", "_example"], "key"),
        { name, actual, expected },
        { related: [{ place: annotation, note: "the checksum of the text that was released" }] },
      );
    }
    for (const match of example.matchAll(switchedOn)) {
      const key = match.groups?.["key"] ?? "";
      if (isSet(subject, key)) continue;
      const start = match.index + match[0].indexOf(key);
      yield fault(
        "hidden",
        at(subject, ["data", "_example"], "value", {
          offset: start,
          length: match[0].length - (start - match.index),
        }),
        { name, key },
      );
    }
  },
});

function isSet(configMap: KubeObject, key: string): boolean {
  return text(configMap.raw, "data", key) !== undefined;
}
