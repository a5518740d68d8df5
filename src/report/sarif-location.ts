import type { LogicalLocation, Location as SarifLocation } from "sarif";
import type { Location } from "../model/location.ts";
import { nameOf, type SubjectRef } from "../model/object.ts";
import type { LocatedFinding, RelatedLocation } from "../rule/report.ts";
import { inert } from "../show/inert.ts";

/** Where the finding is: the lines of its file, and the object. GitHub shows no result without a file. */
export function sarifLocation({ location, subject }: LocatedFinding): SarifLocation {
  return {
    physicalLocation: location
      ? physical(location)
      : {
          artifactLocation: { uri: uriOf(`cluster/${nameOf(subject)}`) },
          region: { startLine: 1 },
        },
    logicalLocations: [logical(subject)],
  };
}

function logical(object: SubjectRef): LogicalLocation {
  const { name } = object;
  return { name: inert(name), fullyQualifiedName: inert(nameOf(object)), kind: "resource" };
}

export function relatedLocation(
  { location, object, note }: RelatedLocation,
  id: number,
): SarifLocation {
  return {
    id,
    message: { text: inert(note) },
    ...(location && { physicalLocation: physical(location) }),
    ...(object && { logicalLocations: [logical(object)] }),
  };
}

function physical(location: Location) {
  const { file, line, column, endLine, endColumn } = location;
  const absolute = file.startsWith("/");
  return {
    artifactLocation: {
      uri: absolute ? `file://${uriOf(file)}` : uriOf(file),
      ...(!absolute && { uriBaseId: "%SRCROOT%" }),
    },
    region: { startLine: line, startColumn: column, endLine, endColumn },
  };
}

/** A path as the reference of RFC 3986 section 4.2. */
function uriOf(path: string): string {
  return path
    .replaceAll(/\p{Cs}/gu, "\ufffd")
    .replace(/^\.\//, "")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
}
