/** x509.domainNameValid of Go >= 1.25.3: printable ASCII, no empty label, no dot at the end; empty is valid. */
export function domainNameValid(name: string, constraint: boolean): boolean {
  if (name === "") return true;
  const labels = constraint && name.startsWith(".") ? name.slice(1) : name;
  return /^[!-~]+$/.test(labels) && labels.split(".").every((label) => label !== "");
}

/** x509.domainToReverseLabels: ["com", "example"]; undefined for an invalid name. */
export function reverseLabels(domain: string): readonly string[] | undefined {
  if (domain === "") return [];
  const labels = domain.split(".").toReversed();
  return labels.every((label) => /^[!-~]+$/.test(label)) ? labels : undefined;
}
