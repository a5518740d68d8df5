/** What a reason of an issuer's Ready condition asks for (cert-manager pkg/issuer/{ca,acme,vault,venafi}/setup.go). */
const advice: Readonly<Record<string, string>> = {
  ErrGetKeyPair:
    "see that the Secret it names exists in the namespace where cert-manager reads it, with tls.crt and tls.key; cert-manager retries by itself",
  ErrInvalidKeyPair:
    "put a CA certificate (isCA: true) into its Secret; cert-manager looks again only when the Secret or the issuer changes",
  ErrRegisterACMEAccount:
    "see that the ACME server can be reached from the cluster and accepts the account",
  ErrVerifyACMEAccount:
    "see that the ACME server can be reached from the cluster and knows the account",
  ErrUpdateACMEAccount: "see that the ACME server accepts the e-mail address",
  InvalidConfig: "use the URL of an ACME v2 directory",
  InvalidURL: "correct the URL of the ACME server",
  InvalidSolver: "create the Secret that the DNS-01 solver names",
  VaultError: "see that Vault can be reached, is unsealed, and accepts the credentials",
  ErrorSetup: "see that the Venafi service can be reached and knows the zone",
  AuthFailed: "renew the credentials of the Venafi service",
};

export function issuerAdvice(reason: string): string {
  return Object.hasOwn(advice, reason)
    ? (advice[reason] ?? "")
    : "see the message and the events of the issuer";
}
