import { Fault, type AliasNode, type Node } from "./node.ts";

/** The anchors defined so far; the last definition of a name counts, as in go.yaml.in/yaml/v2 decode.go. */
export type Anchors = Map<string, Node>;

export function aliasTo(anchors: Anchors, name: string, start: number): AliasNode {
  checkName(name, start);
  const target = anchors.get(name);
  if (!target) throw new Fault(`unknown anchor '${name}' referenced`, start);
  return { kind: "alias", name, target, start, end: start + name.length + 1 };
}

/** Throws a Fault for names that YAML 1.2 has and go-yaml has not (scannerc.go, yaml_parser_scan_anchor). */
export function checkName(name: string, start: number, next = ""): void {
  if (/^[\w-]+$/.test(name) && /^[\s?:,\]}%@`]?$/.test(next)) return;
  throw new Fault("did not find expected alphabetic or numeric character", start);
}
