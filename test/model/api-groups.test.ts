import { describe, expect, it } from "vitest";
import { resourceProblem } from "../../src/model/api-groups.ts";

describe("an API group", () => {
  it.each([
    ["eventing.knative.dev/v1", "Broker"],
    ["sources.knative.dev/v1", "PingSource"],
    ["messaging.knative.dev/v1", "Channel"],
    ["flows.knative.dev/v1", "Sequence"],
    ["operators.coreos.com/v1", "OperatorGroup"],
    ["serving.kserve.io/v1beta1", "InferenceService"],
    ["networking.k8s.io/v1", "Ingress"],
    ["trust-manager.io/v1alpha2", "ClusterBundle"],
    ["certmanager.k8s.io/v1alpha1", "Certificate"],
    ["apps/v1", "StatefulSet"],
  ])("%s with kind %s belongs to somebody", (apiVersion, kind) => {
    expect(resourceProblem(apiVersion, kind)).toBeUndefined();
  });

  it.each([
    [
      "cert-manger.io/v1",
      'there is no API group "cert-manger.io"; did you mean "cert-manager.io"?',
    ],
    [
      "servng.knative.dev/v1",
      'there is no API group "servng.knative.dev"; did you mean "serving.knative.dev"?',
    ],
    [
      "trust.cert-manager.oi/v1alpha1",
      'there is no API group "trust.cert-manager.oi"; did you mean "trust.cert-manager.io"?',
    ],
  ])("%s is a slip", (apiVersion, message) => {
    expect(resourceProblem(apiVersion, "Certificate")).toBe(message);
  });
});
