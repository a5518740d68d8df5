import {
  at,
  caTitle,
  defineRule,
  makersOf,
  nameOf,
  rotationSubjects,
  secretsOf,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC606",
  id: "certificates-of-replaced-secret",
  summary: "the issuer in use got another Secret, and nothing re-issues the old certificates",
  severity: "warning",
  since: "0.1.0",
  citation:
    "cert-manager internal/controller/certificates/policies/checks.go (only the name, kind and group of the issuer are compared)",
  reads: ["authorities", "rotation"],
  messages: {
    stay: {
      says: "{issuer} signs with {ca}, and {count} certificates are still of the CA in {secret}: {names}",
      breaks:
        "they stay until their own renewal, which is up to 60 days away; until then both CAs must be trusted",
      fix: "renew them: {commands}",
    },
  },
  subjects: rotationSubjects,
  *check({ found }, view, fault) {
    const rotation = view.need(found);
    if (!rotation) return;
    const { issuer, ca } = rotation.estate.live;
    const stay = rotation.late.filter(
      ({ issuer: by, caSecret }) => (by ?? issuer.name) === issuer.name && caSecret,
    );
    const [first] = stay;
    if (!first?.caSecret) return;
    const commands = stay
      .slice(0, 3)
      .map(({ certificate }) => `cmctl renew ${certificate.name} -n ${certificate.namespace}`)
      .join("; ");
    const data = {
      issuer: nameOf(issuer),
      ca: caTitle(ca),
      count: stay.length,
      secret: nameOf(first.caSecret),
      names: secretsOf(stay),
      commands,
    };
    yield fault("stay", at(issuer, ["spec", "ca", "secretName"]), data, {
      affects: makersOf(issuer, view),
    });
  },
});
