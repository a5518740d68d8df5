/** Go's strconv.ParseBool; undefined where it returns an error. */
export function parseBool(value: string): boolean | undefined {
  if (["1", "t", "T", "TRUE", "true", "True"].includes(value)) return true;
  if (["0", "f", "F", "FALSE", "false", "False"].includes(value)) return false;
  return undefined;
}

/** Go's strings.EqualFold, for the ASCII words it is asked about here. */
export function equalFold(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Go's strconv.ParseInt(value, 10, 64) as far as a JS number is exact; undefined where Go returns an error. */
export function parseInteger(value: string): number | undefined {
  return /^[-+]?[0-9]+$/.test(value) ? Number(value) : undefined;
}

/** Go's strconv.FormatFloat(value, 'g', -1, 32), which sigs.k8s.io/yaml uses where a string is wanted. */
export function formatFloat32(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return "NaN";
  if (!Number.isFinite(single)) return single > 0 ? "+Inf" : "-Inf";
  if (single === 0) return Object.is(single, -0) ? "-0" : "0";
  const [mantissa = "", exponentText = ""] = shortest(single).split("e");
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return String(Number(`${mantissa}e${exponentText}`));
  const size = String(Math.abs(exponent)).padStart(2, "0");
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${size}`;
}

/** The fewest digits, in exponent form, that read back as the same 32 bit number. */
function shortest(single: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const form = single.toExponential(digits);
    if (Math.fround(Number(form)) === single) return form;
  }
  return single.toExponential(9);
}
