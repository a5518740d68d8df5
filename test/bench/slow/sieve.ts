export { isOfInterest } from "../../../src/load/sieve.ts";

export function couldMatter(): boolean {
  return true;
}
