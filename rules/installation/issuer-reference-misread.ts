import {
  defineRule,
  goString,
  isIssuerKind,
  isOwnGroup,
  issuerReferenceKeys,
  meantIssuerKind,
  placeOf,
  placeOfReference,
  pointer,
  referenceOf,
  stepsOf,
  topicOf,
  type CertManagerConfig,
  type DecodedReference,
  type Entry,
  type IssuerReference,
  type MakeFault,
  type Message,
  type YamlValue,
} from "../../src/rule/index.ts";

const messages = {
  halfSet: {
    says: "{key} sets {set} but no name: the name of the default stays, so it means {kind}/{name}",
    breaks:
      "Knative decodes the value on top of its default, ClusterIssuer/knative-selfsigned-issuer",
    fix: "set the name too",
  },
  emptyName: {
    says: "{key} has an empty name",
    breaks:
      'cert-manager refuses every Certificate made with it: "spec.issuerRef.name: Required value"',
    fix: "name the issuer",
  },
  notAString: {
    says: '{key}: {field} {written} is {type} in YAML 1.1: it means {field} "{value}"',
    breaks: "Knative looks for an issuer that nobody meant",
    fix: "put the value in quotes",
  },
  wrongKind: {
    says: 'kind "{kind}" of {key} is none that cert-manager has; did you mean {suggestion}?',
    breaks:
      'cert-manager refuses every Certificate made with it: "must be one of Issuer or ClusterIssuer"',
    fix: "write kind: {suggestion}",
  },
  emptyKind: {
    says: "{key} has an empty kind: to cert-manager that is an Issuer in the namespace of each certificate",
    breaks:
      "where Knative asks for a certificate and there is no Issuer {name}, none is issued: the request stays Pending",
    fix: "write kind: ClusterIssuer, or kind: Issuer if that is meant",
  },
  ignored: {
    says: "{key} sets {field}, which a reference does not have: it is ignored",
    breaks: "the reference means the same as without it{meaning}",
    fix: "remove it",
  },
  duplicate: {
    says: "{key} sets {field} twice: the last one holds",
    fix: "remove one of them",
  },
} as const satisfies Readonly<Record<string, Message>>;

export default defineRule({
  code: "KC106",
  id: "issuer-reference-misread",
  summary: "an issuer reference does not mean what it seems to say",
  severity: "error",
  since: "0.1.0",
  citation:
    "knative/serving pkg/reconciler/certificate/config/cert_manager.go; sigs.k8s.io/yaml yaml.go convertToJSONableObject; cert-manager internal/apis/certmanager/validation/certificate.go validateIssuerRef",
  reads: ["config"],
  messages,
  *subjects(view) {
    const config = view.need(view.fact("config").certManager);
    for (const key of issuerReferenceKeys) {
      const reference = view.need(referenceOf(config, key));
      const { entry, decoded } = reference;
      if (entry && decoded) yield { ...entry.holder, config, reference, entry, decoded };
    }
  },
  *check(subject, _view, fault) {
    yield* unset(subject, fault);
    yield* misread(subject, fault);
    yield* wrongKind(subject, fault);
    yield* leftovers(subject, fault);
  },
});

interface Written {
  readonly config: CertManagerConfig;
  readonly reference: IssuerReference;
  readonly entry: Entry;
  readonly decoded: DecodedReference;
}
type Say = MakeFault<typeof messages>;

function* unset({ config, reference, decoded: { fields } }: Written, fault: Say) {
  const { key, target } = reference;
  const { kind, name, group } = target;
  const affects = [topicOf(key)];
  const set = (["kind", "group"] as const).filter((field) => fields[field]);
  if (!fields.name && set.length > 0) {
    const isDefault = kind === "ClusterIssuer" && isOwnGroup(group);
    const place = placeOfReference(config, reference, set[0]);
    const extra = isDefault ? { affects, severity: "warning" as const } : { affects };
    yield fault("halfSet", place, { key, set: set.join(" and "), kind, name }, extra);
  }
  if (name === "")
    yield fault("emptyName", placeOfReference(config, reference, "name"), { key }, { affects });
}

function* misread({ config, reference, decoded: { fields } }: Written, fault: Say) {
  const { key } = reference;
  for (const field of ["name", "kind", "group"] as const) {
    const written = fields[field]?.written;
    const type = written && misreadAs(written);
    if (!type || !written) continue;
    const data = {
      key,
      field,
      written: type.text,
      type: type.name,
      value: goString(written) ?? "",
    };
    yield fault("notAString", placeOfReference(config, reference, field), data, {
      affects: [topicOf(key)],
    });
  }
}

/** A bare word that is no string to YAML 1.1 and comes out as another text: `yes` as "true", `010` as "8". */
function misreadAs(
  written: YamlValue,
): { readonly name: string; readonly text: string } | undefined {
  if (written.type !== "bool" && written.type !== "int" && written.type !== "float")
    return undefined;
  const text = written.text ?? "";
  return text === goString(written)
    ? undefined
    : { name: written.type === "bool" ? "a boolean" : "a number", text };
}

/** Kinds of external issuers are another rule's; a slip of the pen is this one's. */
function* wrongKind({ config, reference }: Written, fault: Say) {
  const { key, target } = reference;
  if (!isOwnGroup(target.group) || isIssuerKind(target.kind)) return;
  const place = placeOfReference(config, reference, "kind");
  const extra = { affects: [topicOf(key)] };
  const { kind, name } = target;
  const suggestion = meantIssuerKind(kind);
  if (kind === "") yield fault("emptyKind", place, { key, name }, extra);
  else if (suggestion !== undefined)
    yield fault("wrongKind", place, { key, kind, suggestion }, extra);
}

function* leftovers({ reference: { key }, entry, decoded }: Written, fault: Say) {
  const extra = { severity: "warning", affects: [topicOf(key)] } as const;
  for (const field of decoded.ignored) {
    const meaning =
      field === "namespace" ? ": an Issuer is looked for in the namespace of each certificate" : "";
    yield fault(
      "ignored",
      placeOf(entry, "key", { pointer: pointer(field), part: "key" }),
      { key, field, meaning },
      extra,
    );
  }
  for (const duplicate of decoded.duplicates) {
    yield fault(
      "duplicate",
      placeOf(entry, "key", { pointer: duplicate, part: "key" }),
      { key, field: stepsOf(duplicate).join(".") },
      extra,
    );
  }
}
