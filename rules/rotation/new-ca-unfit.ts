import {
  at,
  caTitle,
  defineRule,
  nameOf,
  rotationSubjects,
  timeText,
} from "../../src/rule/index.ts";

/** What Knative's certificates live for; nobody can choose another length. */
const leafDays = 90;
const day = 24 * 3_600_000;

export default defineRule({
  code: "KC607",
  id: "new-ca-unfit",
  summary:
    "the CA that a rotation is to go to cannot take over, or cannot be told from the old one",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager pkg/issuer/ca/setup.go (only basicConstraints are looked at); Go crypto/x509 Verify; RFC 5280 4.2.1.3",
  reads: ["rotation"],
  messages: {
    short: {
      says: "{ca}, the CA of {issuer}, ends at {end}, before a certificate of 90 days that it signs today would",
      breaks: "the certificates that it signs end with it, whatever they say",
      fix: "give its Certificate a duration of years",
    },
    name: {
      says: "{ca}, the CA of {issuer}, has the name of the CA in use and another key",
      breaks:
        "both are told apart by their keys alone: people and tools that look at the name take one for the other",
      fix: "give the new CA a commonName of its own",
    },
    usage: {
      says: "{ca}, the CA of {issuer}, may not sign certificates: its keyUsage lacks keyCertSign",
      breaks: "cert-manager signs with it all the same, and every dialer refuses the result",
      fix: "leave usages out of its Certificate, or add cert sign",
    },
  },
  subjects: rotationSubjects,
  *check({ found }, view, fault) {
    const rotation = view.need(found);
    if (!rotation) return;
    const { live, spare } = rotation.estate;
    for (const { issuer, ca } of spare.filter((one) => one.ca.notBefore > live.ca.notBefore)) {
      const place = at(issuer, ["spec", "ca", "secretName"]);
      const data = { ca: caTitle(ca), issuer: nameOf(issuer) };
      if (ca.notAfter.getTime() < view.now.getTime() + leafDays * day)
        yield fault(
          "short",
          place,
          { ...data, end: timeText(ca.notAfter.getTime()) },
          { subject: issuer },
        );
      if (ca.subject.key === live.ca.subject.key && ca.keyId !== live.ca.keyId)
        yield fault("name", place, data, { subject: issuer, severity: "warning" });
      if (ca.keyUsage && !ca.keyUsage.includes("keyCertSign"))
        yield fault("usage", place, data, { subject: issuer });
    }
  },
});
