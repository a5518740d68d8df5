/**
 * Everything a rule may use; the rules of this program and those of third parties come in by this one door.
 * Stable for third parties: defineRule, testable types, and the readers below.
 */
export { defineRule } from "./rule.ts";
export type { Extra, Fault, MakeFault, Rule, RuleDefinition, View } from "./rule.ts";
export type { Message } from "./message.ts";
export type { Preset } from "./preset.ts";
export type { Related, Severity } from "./finding.ts";
export type { FactName, FactTypes } from "./facts.ts";
export {
  featuresOf,
  placesOf,
  referencesTo,
  severityByUse,
  topicOf,
  topicsOf,
} from "./references.ts";
export {
  attemptsOf,
  componentTopic,
  evidenceOf,
  relatedOf,
  saysOf,
  topicsOfCause,
} from "./chains.ts";
export { breaksWithout, isForCertManager, severityByType, typeOf } from "./knative-certificates.ts";
export type { Chain, Link } from "../model/issuance/chain.ts";
export { ownerOf } from "../model/issuance/owned.ts";
export { fieldManagers, fieldsChanged } from "../model/managed-fields.ts";
export type { FieldManager } from "../model/managed-fields.ts";
export { environmentVariable, runningSince } from "../model/pod.ts";
export { refuses, selects } from "../model/certmanager/approval.ts";
export type { Asked as ApprovalAsked } from "../model/certmanager/approval.ts";
export { lackingKeys } from "../model/issuance/certificate-links.ts";
export { bundleCopies, sameCertificates } from "../trust/bundle-copies.ts";
export type { BundleCopies } from "../trust/bundle-copies.ts";
export { isYoung } from "../model/issuance/young.ts";
export { rfc3339, timeAt } from "../model/time.ts";
export { registeredDomain } from "./registered-domain.ts";
export { acmeIssuers, externalNames, needEveryName } from "./external-names.ts";
export { namedIssuers } from "./named-issuers.ts";
export type { NamedIssuer } from "./named-issuers.ts";
export { usedIssuers } from "./used-issuers.ts";
export type { UsedIssuer } from "./used-issuers.ts";
export {
  caSubjects,
  issuersOf,
  longestIssued,
  makerOf,
  severityOfAuthority,
} from "./authority-certificates.ts";
export { bundleFaults } from "./bundle-faults.ts";
export { bundlesIn, isLabelled, meantForKnative } from "./knative-bundles.ts";
export { askedSecrets, caOf, certificatesOf, needEveryDemand } from "./secret-certificates.ts";
export type { AskedSecret } from "./secret-certificates.ts";
export { wouldMend } from "./lacked-trust.ts";
export { leafOf, secretsFor } from "./names-of-leaf.ts";
export { leavesOf, secretsBelow } from "./signed-leaves.ts";
export type { SignedLeaf } from "../trust/signed-leaves.ts";
export {
  certificateTitle,
  constraintProblem,
  constraintsWritten,
  acceptsIssuer,
  coverProblem,
  coverProblemWritten,
  isIssuedBy,
  validity,
} from "./certificate-words.ts";
export type { Certificate, NameConstraints } from "./certificate-words.ts";
export { weaknessesOf } from "./weakness.ts";
export { sha1KeyId } from "../pki/certificate/key-identifier.ts";
export { certificatesIn } from "../trust/secret-certificates.ts";
export { eventingTlsOn } from "./eventing.ts";
export { endedByAnchors, gatewayTopic, topicsOfVerdict } from "./verdicts.ts";
export { renewalOf } from "./renewals.ts";
export { lossesOf, prospectSubjects } from "./prospects.ts";
export { caTitle, makersOf, rotationSubjects, secretsOf, timeText } from "./rotation.ts";
export { examples, sentence } from "./wording.ts";

export { labelOf } from "../trust/handshake.ts";
export type { Handshake, Reason } from "../trust/handshake.ts";
export {
  certificateKeys,
  certificateName,
  fingerprintsIn,
  isBundle,
  namespacesOf,
} from "./bundle-content.ts";
export { compare } from "../model/inventory.ts";
export { perObject } from "../model/per-object.ts";
export { placeIn } from "../trust/stores/store.ts";
export type { StoreInput, TrustStore } from "../trust/stores/store.ts";
export { outcomeOf, usedStores, type StoreReading } from "./store-readings.ts";

export { at, nameOf, observed, refOf } from "../model/object.ts";
export type { Lookup } from "../model/inventory.ts";
export type { KubeObject, ObjectRef, SubjectRef } from "../model/object.ts";
export type { Place } from "../model/place.ts";
export { pointer, stepsOf } from "../model/pointer.ts";
export type { Known } from "../model/known.ts";
export { dig, isObject, list, record, stringList, strings, text } from "../model/json.ts";
export type { Json, JsonObject } from "../model/json.ts";
export { nearest } from "../model/near.ts";
export { thousands } from "../model/thousands.ts";
export { atLeast, namesPatch } from "../model/versions.ts";
export type { Part, Product } from "../model/versions.ts";
export { defects, fixFor, hasDefect } from "../model/known-defects.ts";
export { componentOf } from "../model/components.ts";
export type { ComponentName } from "../model/components.ts";

export { goString } from "../model/yaml-value.ts";
export type { YamlValue } from "../model/yaml-value.ts";
export { exampleChecksum } from "../model/go/checksums.ts";
export { parseDuration } from "../model/go/duration.ts";
export { equalFold, parseBool } from "../model/go/strconv.ts";

export {
  annotationSpellings,
  annotationValue,
  annotationValues,
  optsOutOfExternalTls,
} from "../model/knative/annotations.ts";
export { placeOfReference, referenceOf } from "../model/knative/cert-manager-config.ts";
export type { CertManagerConfig, IssuerReference } from "../model/knative/cert-manager-config.ts";
export { workingDomains, workingNetwork } from "../model/knative/config.ts";
export type { KnativeConfig } from "../model/knative/config.ts";
export { kcertificateLabels } from "../model/knative/demand.ts";
export type { Demand, Demands } from "../model/knative/demand.ts";
export { trustBundleLabel } from "../model/knative/trust-bundle.ts";
export { isClusterLocal } from "../model/knative/names.ts";
export { renderName } from "../model/knative/templates.ts";
export { visibilityLabel } from "../model/knative/domain-config.ts";
export type { DomainConfig } from "../model/knative/domain-config.ts";
export { wildcardHost } from "../model/knative/wildcard-demands.ts";
export { ingressLayer, supports } from "../model/knative/ingress-class.ts";
export type { IngressLayer, TlsFeature } from "../model/knative/ingress-class.ts";
export { defaultReference } from "../model/knative/issuer-reference.ts";
export type { DecodedReference } from "../model/knative/issuer-reference.ts";
export { featureOf } from "../model/knative/issuer-use.ts";
export type { IssuerUse, UsedReference } from "../model/knative/issuer-use.ts";
export { issuerReferenceKeys } from "../model/knative/nested-keys.ts";
export type { IssuerReferenceKey } from "../model/knative/nested-keys.ts";
export { knownKeys, removedTrustKeys, renamedKeys } from "../model/knative/known-keys.ts";
export {
  certificatesWanted,
  certManagerClass,
  legacyKeys,
  networkKeys,
} from "../model/knative/network-config.ts";
export type { NetworkConfig } from "../model/knative/network-config.ts";
export { holderOf, placeOf } from "../model/knative/settings.ts";
export type { ConfigName, Entry, Settings } from "../model/knative/settings.ts";

export { bringsFormerIntermediate } from "../pki/verify/below.ts";
export { certificateSpecProblems } from "../model/certmanager/certificate-spec/index.ts";
export { issuerSpecProblems } from "../model/certmanager/issuer-spec.ts";
export type { Authority } from "../model/certmanager/authorities.ts";
export { issuerNameOf } from "../model/certmanager/authorities.ts";
export { isCa, issuerOf, secretNameOf } from "../model/certmanager/certificate.ts";
export { durationOf, inWords, renewBeforeOf, statusTime } from "../model/certmanager/lifetime.ts";
export { rotationPolicyOf } from "../model/certmanager/rotation-policy.ts";
export {
  conditionOf,
  generationOf,
  isIssuerKind,
  isOwnGroup,
  issuerType,
} from "../model/certmanager/issuer.ts";
export type { Condition } from "../model/certmanager/issuer.ts";
export { groupOfExternalIssuer, meantIssuerKind } from "../model/certmanager/external-issuers.ts";
export { issuerAdvice } from "../model/certmanager/issuer-advice.ts";
export { secretKeys } from "../model/certmanager/resource-namespace.ts";
export { acmeServer, pickSolver, solversOf } from "../model/certmanager/solvers.ts";
export type { Solver } from "../model/certmanager/solvers.ts";

export {
  eventingCertificates,
  eventingIssuer,
  serverName,
} from "../model/eventing/certificates.ts";
export type { EventingCertificate } from "../model/eventing/certificates.ts";
export { tlsAddresses } from "../model/eventing/addresses.ts";
export type { TlsAddress } from "../model/eventing/addresses.ts";
export { certificatesInText, eventingBundles, verifyWith } from "./eventing-trust.ts";
export { transportEncryptionKey } from "../model/eventing/transport-encryption.ts";
export type { EventingTls } from "../model/eventing/transport-encryption.ts";

export {
  bundleSources,
  bundleTarget,
  isTargetOf,
  reaches,
  reads,
} from "../model/trustmanager/bundle.ts";
export type { BundleSource, BundleTarget } from "../model/trustmanager/bundle.ts";
export { readsBinaryData } from "../model/trustmanager/trust-manager.ts";
export type { TrustManager } from "../model/trustmanager/trust-manager.ts";
