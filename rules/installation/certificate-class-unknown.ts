import {
  annotationSpellings,
  annotationValues,
  at,
  certManagerClass,
  certificatesWanted,
  defineRule,
  nearest,
  placeOf,
  workingNetwork,
} from "../../src/rule/index.ts";

/** Archived in 2024; only clusters that still run it handle the class. */
const httpClass = "net-http01.certificate.networking.knative.dev";

const [copied] = annotationSpellings.certificateClass;

export default defineRule({
  code: "KC123",
  id: "certificate-class-unknown",
  summary: "a certificate class names a controller that does not exist",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/certificate/controller.go (class filter), pkg/reconciler/route/resources/certificate.go MakeCertificate; knative/serving#12870",
  reads: ["config", "KService", "Route", "DomainMapping", "Namespace", "Revision"],
  messages: {
    misspelt: {
      says: 'the certificate class "{name}" is handled by nobody; did you mean {suggestion}?',
      breaks:
        "Knative's certificates are made but no controller fills them: they stay without a status",
      fix: "write {suggestion}",
    },
    foreign: {
      says: 'the certificate class "{name}" is handled by no controller of Knative Serving',
      breaks:
        "unless a controller of somebody else fills them, Knative's certificates stay without a status",
      fix: "remove the class, so that cert-manager's is used",
    },
  },
  *subjects(view) {
    const network = view.need(workingNetwork(view.fact("config")));
    if (!certificatesWanted(network)) return;
    const { entry, value } = network.certificateClass;
    if (entry) yield { ...entry.holder, className: value, place: placeOf(entry) };
    for (const kind of ["DomainMapping", "KService", "Namespace", "Revision", "Route"] as const) {
      for (const object of view.all(kind)) {
        const [own] = annotationValues(object, "certificateClass");
        // Of a DomainMapping, only the spelling that is copied onto the certificate counts.
        if (!own?.value || (kind === "DomainMapping" && own.spelling !== copied)) continue;
        yield {
          ...object,
          className: own.value,
          place: at(object, ["metadata", "annotations", own.spelling]),
        };
      }
    }
  },
  *check({ className, place }, _view, fault) {
    if (className === certManagerClass) return;
    const suggestion = className === httpClass ? undefined : nearest(className, [certManagerClass]);
    if (suggestion !== undefined) yield fault("misspelt", place, { name: className, suggestion });
    else yield fault("foreign", place, { name: className }, { severity: "warning" });
  },
});
