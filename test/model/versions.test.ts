import { describe, expect, it } from "vitest";
import { factsOf } from "../../src/engine/facts.ts";
import { plainEnvironment } from "../../src/model/environment.ts";
import { fixFor, hasDefect, defects } from "../../src/model/known-defects.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { namesPatch, versions } from "../../src/model/versions.ts";
import { inventory, object } from "../support/objects.ts";

const controller = {
  "app.kubernetes.io/name": "cert-manager",
  "app.kubernetes.io/component": "controller",
};

function deployment(labels: JsonObject, image: string, name = "cert-manager") {
  const content = {
    metadata: { labels },
    spec: { template: { spec: { containers: [{ image }] } } },
  };
  return object("Deployment", name, content, "cert-manager");
}

function crd(name: string, version: string) {
  const labels = { "app.kubernetes.io/version": version };
  return object("CustomResourceDefinition", name, { metadata: { labels } });
}

function found(objects: readonly ReturnType<typeof crd>[], stated?: string) {
  const environment = {
    ...plainEnvironment,
    versions: { ...(stated !== undefined && { certManager: stated }) },
  };
  return factsOf(inventory(objects, { environment }))(versions);
}

describe("the release of cert-manager", () => {
  const image = "registry.example.com/mirror/cert-manager-controller:v1.19.0@sha256:00";

  it("is what the user states, before all else", () => {
    expect(found([deployment(controller, image)], "v1.17.4").certManager).toEqual({
      known: true,
      value: "1.17.4",
    });
  });

  it("is read from the label before the image", () => {
    const labels = { ...controller, "app.kubernetes.io/version": "v1.20.3" };
    const [part] = found([deployment(labels, image)]).parts;
    expect(part).toMatchObject({ release: "1.20.3", how: "label app.kubernetes.io/version" });
  });

  it("is read from the image tag where there is no label, and found by image where there are none", () => {
    for (const labels of [controller, {}]) {
      const [part] = found([deployment(labels, image, "cm")]).parts;
      expect(part).toMatchObject({ name: "cert-manager", release: "1.19.0", how: "its image tag" });
    }
  });

  it("is read from the chart where the image has only a digest", () => {
    const labels = { ...controller, "helm.sh/chart": "cert-manager-v1.18.2" };
    const [part] = found([deployment(labels, "registry.example.com/cm@sha256:00")]).parts;
    expect(part).toMatchObject({ release: "1.18.2", how: "label helm.sh/chart" });
  });

  it("is that of the CustomResourceDefinitions where no Deployment shows it", () => {
    expect(found([crd("orders.acme.cert-manager.io", "v1.21.1")]).certManager).toEqual({
      known: true,
      value: "1.21.1",
    });
    expect(found([crd("bundles.trust.cert-manager.io", "v0.20.0")]).certManager.known).toBe(false);
  });

  it("is not known where a digest and a made-up label are all there is", () => {
    const labels = { ...controller, "app.kubernetes.io/version": "devel" };
    expect(found([deployment(labels, "registry.example.com/cm@sha256:00")]).certManager).toEqual({
      known: false,
      why: "the version of cert-manager is not known",
    });
  });
});

function defectsOf(release: string) {
  return defects.filter((defect) => hasDefect(release, defect));
}

describe("known defects", () => {
  it.each([
    ["1.17.4", 2, "1.19.6"],
    ["1.18.5", 1, "1.19.6"],
    ["1.19.0", 3, "1.19.6"],
    ["1.19.6", 0, ""],
    ["1.20.2", 1, "1.20.3"],
    ["1.21.0", 1, "1.21.1"],
    ["1.21.2", 0, ""],
    ["1.22.0", 0, ""],
  ])("%s has %i, mended in %s", (release, count, fixed) => {
    expect(defectsOf(release)).toHaveLength(count);
    expect(fixFor(release, defectsOf(release))).toBe(fixed);
  });
});

function byOperator(content: JsonObject) {
  return found([object("KnativeServing", "knative-serving", content, "knative-serving")]).knative;
}

describe("the release of Knative Serving", () => {
  it("is what the operator has installed, before what it is to install", () => {
    const spec = { version: "1.16.0" };
    expect(byOperator({ spec, status: { version: "1.15.2" } })).toEqual({
      known: true,
      value: "1.15.2",
    });
    expect(byOperator({ spec })).toEqual({ known: true, value: "1.16.0" });
  });

  it("lacks its patch where the operator is to take the latest of a minor release", () => {
    for (const version of ["1.17", "v1.17"])
      expect(byOperator({ spec: { version } })).toEqual({ known: true, value: "1.17" });
    expect(byOperator({ spec: { version: "1.17" }, status: { version: "1.17.3" } })).toEqual({
      known: true,
      value: "1.17.3",
    });
    expect([namesPatch("1.17"), namesPatch("1.17.3")]).toEqual([false, true]);
  });

  it("is not known where the operator is to take the latest of all, or of a major release", () => {
    for (const version of ["latest", "1"])
      expect(byOperator({ spec: { version } }).known).toBe(false);
  });
});
