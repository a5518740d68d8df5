/** The label by which Knative finds bundles (knative/networking pkg/networking/register.go TrustBundleLabelKey). */
export const trustBundleLabel = "networking.knative.dev/trust-bundle";
