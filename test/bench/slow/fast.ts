export { parseReference as parseFast } from "../../../src/load/yaml/reference.ts";
