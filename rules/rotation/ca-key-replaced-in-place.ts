import {
  at,
  bundlesIn,
  caTitle,
  defineRule,
  makersOf,
  nameOf,
  rotationSubjects,
  secretsOf,
} from "../../src/rule/index.ts";

export default defineRule({
  code: "KC604",
  id: "ca-key-replaced-in-place",
  summary:
    "the CA in use got another key under the same Secret, and old certificates are still there",
  severity: "error",
  since: "0.1.0",
  citation:
    "cert-manager internal/controller/certificates/policies/checks.go (no check looks at the CA); https://cert-manager.io/docs/configuration/ca/",
  reads: ["authorities", "rotation"],
  messages: {
    replaced: {
      says: "{issuer} signs with another CA than before, {ca}, under the same Secret; {count} certificates are still of the old one: {names}",
      breaks:
        "nothing re-issues them; a dialer that knows only one of the two CAs refuses the certificates of the other, as soon as routing-serving-certs or any of them is renewed",
      fix: "put the old and the new CA into a bundle that does not follow the Secret, then renew these certificates (cmctl renew); the next rotation with a new Secret and a new issuer name",
    },
  },
  subjects: rotationSubjects,
  *check({ found }, view, fault) {
    const rotation = view.need(found);
    if (!rotation) return;
    const { estate, late } = rotation;
    const { issuer, ca } = estate.live;
    const replaced = late.filter(
      ({ issuer: by, caSecret }) => (by ?? issuer.name) === issuer.name && !caSecret,
    );
    if (replaced.length === 0) return;
    const data = {
      issuer: nameOf(issuer),
      ca: caTitle(ca),
      count: replaced.length,
      names: secretsOf(replaced),
    };
    yield fault("replaced", at(issuer, ["spec", "ca", "secretName"]), data, {
      affects: [
        bundlesIn(view.environment.namespaces.serving),
        ...makersOf(issuer, view),
        ...replaced.map(({ secret }) => nameOf(secret)),
      ],
    });
  },
});
