import { formatFloat32 } from "../../model/go/strconv.ts";
import { firstUnsigned, type Scalar } from "./resolve.ts";

/**
 * The JSON key for a YAML key; undefined where there is none: null, and integers that Go holds in an uint64
 * (sigs.k8s.io/yaml yaml.go, convertToJSONableObject).
 */
export function keyOf(key: Scalar): string | undefined {
  switch (key.type) {
    case "null":
      return undefined;
    case "int":
      return key.value < firstUnsigned ? String(key.value) : undefined;
    case "float":
      return floatKey(key.value);
    default:
      return String(key.value);
  }
}

function floatKey(value: number): string {
  const text = formatFloat32(value);
  return { "+Inf": ".inf", "-Inf": "-.inf", NaN: ".nan" }[text] ?? text;
}
