import type { Rule } from "../src/rule/index.ts";
import apiUnanswered from "./analysis/api-unanswered.ts";
import documentUnreadable from "./analysis/document-unreadable.ts";
import objectDefinedTwice from "./analysis/object-defined-twice.ts";
import suppressionStale from "./analysis/suppression-stale.ts";
import caKeyIdentifierChanges from "./authorities/ca-key-identifier-changes.ts";
import caKeyReplacedAtRenewal from "./authorities/ca-key-replaced-at-renewal.ts";
import caRenewedTooLate from "./authorities/ca-renewed-too-late.ts";
import caTooShortLived from "./authorities/ca-too-short-lived.ts";
import caUnmanaged from "./authorities/ca-unmanaged.ts";
import caCrtUnfit from "./certificates/ca-crt-unfit.ts";
import certificateNotIssued from "./certificates/certificate-not-issued.ts";
import certificateOrphaned from "./certificates/certificate-orphaned.ts";
import certificateSpecInvalid from "./certificates/certificate-spec-invalid.ts";
import certificateWithoutSecret from "./certificates/certificate-without-secret.ts";
import challengeNotRouted from "./certificates/challenge-not-routed.ts";
import clusterLocalNameMissing from "./certificates/cluster-local-name-missing.ts";
import externalNameMissing from "./certificates/external-name-missing.ts";
import gatewayCopyStale from "./certificates/gateway-copy-stale.ts";
import keyIdentifierMismatch from "./certificates/key-identifier-mismatch.ts";
import leafOfAnotherCa from "./certificates/leaf-of-another-ca.ts";
import leafOutlivesCa from "./certificates/leaf-outlives-ca.ts";
import leafOverwritesCa from "./certificates/leaf-overwrites-ca.ts";
import mappingSecretUnfit from "./certificates/mapping-secret-unfit.ts";
import nameTooLong from "./certificates/name-too-long.ts";
import namespaceTooLong from "./certificates/namespace-too-long.ts";
import readinessUntrue from "./certificates/readiness-untrue.ts";
import renewalFailing from "./certificates/renewal-failing.ts";
import renewalOverdue from "./certificates/renewal-overdue.ts";
import revisionWaitsForCertificate from "./certificates/revision-waits-for-certificate.ts";
import secondWriter from "./certificates/second-writer.ts";
import secretWrittenTwice from "./certificates/secret-written-twice.ts";
import systemCertificateMissing from "./certificates/system-certificate-missing.ts";
import systemNameMissing from "./certificates/system-name-missing.ts";
import weakCertificate from "./certificates/weak-certificate.ts";
import eventingCertificateMissing from "./eventing/eventing-certificate-missing.ts";
import eventingCertificateNames from "./eventing/eventing-certificate-names.ts";
import senderDoesNotTrust from "./eventing/sender-does-not-trust.ts";
import transportEncryptionMeaningless from "./eventing/transport-encryption-meaningless.ts";
import annotationRejected from "./installation/annotation-rejected.ts";
import certManagerCrdsMissing from "./installation/cert-manager-crds-missing.ts";
import certificateClassUnknown from "./installation/certificate-class-unknown.ts";
import clusterDomainDiffers from "./installation/cluster-domain-differs.ts";
import componentUnavailable from "./installation/component-unavailable.ts";
import configMissing from "./installation/config-missing.ts";
import configNotValidated from "./installation/config-not-validated.ts";
import configUnparsable from "./installation/config-unparsable.ts";
import domainClaimMissing from "./installation/domain-claim-missing.ts";
import domainTakenForClusterLocal from "./installation/domain-taken-for-cluster-local.ts";
import domainTemplateUnfit from "./installation/domain-template-unfit.ts";
import externalTlsSilentlyOff from "./installation/external-tls-silently-off.ts";
import ignoredTrustKey from "./installation/ignored-trust-key.ts";
import ingressLacksTlsFeature from "./installation/ingress-lacks-tls-feature.ts";
import internalEncryptionOverrides from "./installation/internal-encryption-overrides.ts";
import issuerReferenceMisread from "./installation/issuer-reference-misread.ts";
import issuerReferenceUnparsable from "./installation/issuer-reference-unparsable.ts";
import issuerReferenceUnused from "./installation/issuer-reference-unused.ts";
import legacyConfigKey from "./installation/legacy-config-key.ts";
import noExternalDomain from "./installation/no-external-domain.ts";
import operatorConfigConflict from "./installation/operator-config-conflict.ts";
import queueProxyTlsTooOld from "./installation/queue-proxy-tls-too-old.ts";
import releaseUnfit from "./installation/release-unfit.ts";
import settingInExample from "./installation/setting-in-example.ts";
import severalDefaultDomains from "./installation/several-default-domains.ts";
import sharedIssuerDefect from "./installation/shared-issuer-defect.ts";
import startedBeforeChange from "./installation/started-before-change.ts";
import unknownConfigKey from "./installation/unknown-config-key.ts";
import wildcardSelectorInvalid from "./installation/wildcard-selector-invalid.ts";
import acmeForInternalNames from "./issuers/acme-for-internal-names.ts";
import acmeRateLimit from "./issuers/acme-rate-limit.ts";
import caCannotSign from "./issuers/ca-cannot-sign.ts";
import caExpired from "./issuers/ca-expired.ts";
import caExtendedKeyUsage from "./issuers/ca-extended-key-usage.ts";
import caNameConstraints from "./issuers/ca-name-constraints.ts";
import caSecretChainBroken from "./issuers/ca-secret-chain-broken.ts";
import caSecretMisplaced from "./issuers/ca-secret-misplaced.ts";
import externalIssuerWithoutGroup from "./issuers/external-issuer-without-group.ts";
import http01NotFirst from "./issuers/http01-not-first.ts";
import http01Redirected from "./issuers/http01-redirected.ts";
import issuerMissing from "./issuers/issuer-missing.ts";
import issuerNotReady from "./issuers/issuer-not-ready.ts";
import issuerSpecInvalid from "./issuers/issuer-spec-invalid.ts";
import namespacedIssuerMissing from "./issuers/namespaced-issuer-missing.ts";
import noSolverForName from "./issuers/no-solver-for-name.ts";
import requestNotAdmitted from "./issuers/request-not-admitted.ts";
import selfsignedCa from "./issuers/selfsigned-ca.ts";
import selfsignedIssuerUsedDirectly from "./issuers/selfsigned-issuer-used-directly.ts";
import vaultPathNotSigning from "./issuers/vault-path-not-signing.ts";
import wildcardWithoutDns01 from "./issuers/wildcard-without-dns01.ts";
import caKeyReplacedInPlace from "./rotation/ca-key-replaced-in-place.ts";
import certificatesOfReplacedSecret from "./rotation/certificates-of-replaced-secret.ts";
import newCaUnfit from "./rotation/new-ca-unfit.ts";
import oldCaCanGo from "./rotation/old-ca-can-go.ts";
import oldCaRemovedTooSoon from "./rotation/old-ca-removed-too-soon.ts";
import removedBeforeLoaded from "./rotation/removed-before-loaded.ts";
import switchedBeforeTrust from "./rotation/switched-before-trust.ts";
import trustIncompleteWhileRotating from "./rotation/trust-incomplete-while-rotating.ts";
import bundleContentUnfit from "./trust/bundle-content-unfit.ts";
import bundleCopiesDiffer from "./trust/bundle-copies-differ.ts";
import bundleFollowsLiveCa from "./trust/bundle-follows-live-ca.ts";
import bundleInBinaryData from "./trust/bundle-in-binary-data.ts";
import bundleKeyDropped from "./trust/bundle-key-dropped.ts";
import bundleLabelMisses from "./trust/bundle-label-misses.ts";
import bundleNobodyReads from "./trust/bundle-nobody-reads.ts";
import bundleNotSynced from "./trust/bundle-not-synced.ts";
import bundleOutOfReach from "./trust/bundle-out-of-reach.ts";
import bundleTargetUnlabelled from "./trust/bundle-target-unlabelled.ts";
import bundleTooLarge from "./trust/bundle-too-large.ts";
import clientsWithoutBundle from "./trust/clients-without-bundle.ts";
import clusterBundleWithoutController from "./trust/cluster-bundle-without-controller.ts";
import handshakeFails from "./trust/handshake-fails.ts";
import privateKeyInBundle from "./trust/private-key-in-bundle.ts";
import renewalBreaksHandshake from "./trust/renewal-breaks-handshake.ts";
import trustRestsOnCaCrt from "./trust/trust-rests-on-ca-crt.ts";

/** Every rule of this program, sorted by code. */
export const rules: readonly Rule[] = [
  certManagerCrdsMissing,
  releaseUnfit,
  componentUnavailable,
  configMissing,
  issuerReferenceUnparsable,
  issuerReferenceMisread,
  unknownConfigKey,
  settingInExample,
  configNotValidated,
  configUnparsable,
  externalTlsSilentlyOff,
  legacyConfigKey,
  ignoredTrustKey,
  internalEncryptionOverrides,
  ingressLacksTlsFeature,
  startedBeforeChange,
  operatorConfigConflict,
  wildcardSelectorInvalid,
  domainTemplateUnfit,
  noExternalDomain,
  domainTakenForClusterLocal,
  queueProxyTlsTooOld,
  certificateClassUnknown,
  sharedIssuerDefect,
  annotationRejected,
  clusterDomainDiffers,
  severalDefaultDomains,
  domainClaimMissing,
  issuerReferenceUnused,
  issuerMissing,
  issuerNotReady,
  namespacedIssuerMissing,
  acmeForInternalNames,
  selfsignedIssuerUsedDirectly,
  selfsignedCa,
  caSecretMisplaced,
  caCannotSign,
  caSecretChainBroken,
  caExpired,
  caNameConstraints,
  caExtendedKeyUsage,
  externalIssuerWithoutGroup,
  http01NotFirst,
  wildcardWithoutDns01,
  http01Redirected,
  noSolverForName,
  vaultPathNotSigning,
  acmeRateLimit,
  requestNotAdmitted,
  issuerSpecInvalid,
  certificateNotIssued,
  certificateWithoutSecret,
  clusterLocalNameMissing,
  systemNameMissing,
  nameTooLong,
  namespaceTooLong,
  externalNameMissing,
  readinessUntrue,
  renewalOverdue,
  secretWrittenTwice,
  leafOverwritesCa,
  leafOutlivesCa,
  leafOfAnotherCa,
  keyIdentifierMismatch,
  caCrtUnfit,
  renewalFailing,
  mappingSecretUnfit,
  challengeNotRouted,
  certificateOrphaned,
  systemCertificateMissing,
  certificateSpecInvalid,
  weakCertificate,
  gatewayCopyStale,
  revisionWaitsForCertificate,
  secondWriter,
  caKeyReplacedAtRenewal,
  caTooShortLived,
  caRenewedTooLate,
  caKeyIdentifierChanges,
  caUnmanaged,
  handshakeFails,
  renewalBreaksHandshake,
  trustRestsOnCaCrt,
  bundleNobodyReads,
  bundleLabelMisses,
  bundleKeyDropped,
  privateKeyInBundle,
  bundleContentUnfit,
  bundleInBinaryData,
  clientsWithoutBundle,
  bundleCopiesDiffer,
  bundleTargetUnlabelled,
  bundleFollowsLiveCa,
  bundleOutOfReach,
  bundleNotSynced,
  bundleTooLarge,
  clusterBundleWithoutController,
  trustIncompleteWhileRotating,
  switchedBeforeTrust,
  oldCaRemovedTooSoon,
  caKeyReplacedInPlace,
  oldCaCanGo,
  certificatesOfReplacedSecret,
  newCaUnfit,
  removedBeforeLoaded,
  transportEncryptionMeaningless,
  eventingCertificateMissing,
  eventingCertificateNames,
  senderDoesNotTrust,
  documentUnreadable,
  objectDefinedTwice,
  suppressionStale,
  apiUnanswered,
];
