/**
 * The Go version whose crypto/x509 is modelled. Behind GODEBUG switches stands the `go` line of the program's go.mod:
 * 1.25 for Knative, cert-manager and trust-manager since 2025.
 */
export type GoProfile = "1.22" | "1.23" | "1.24" | "1.25" | "1.26" | "1.27";

export const defaultProfile: GoProfile = "1.25";

/** Whether a profile is this Go version or a later one. */
export function since(profile: GoProfile, version: GoProfile): boolean {
  return profile >= version;
}
